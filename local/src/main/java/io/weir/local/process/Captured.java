package io.weir.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The result of a short process: its output and its exit code. */
public record Captured(int exitCode, String output) {

  /** Runs the process to its end; its standard error goes to the log. */
  public static Captured of(ProcessSpec spec, LogFile log) throws InterruptedException {
    log.rotate();
    Path file = log.path();
    try (var temporary = TemporaryFolder.create(spec.name())) {
      var builder = new ProcessBuilder(spec.command(temporary.path()));
      builder.redirectError(file.toFile());
      builder.environment().putAll(spec.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream out = process.getInputStream()) {
        String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return new Captured(process.waitFor(), output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
