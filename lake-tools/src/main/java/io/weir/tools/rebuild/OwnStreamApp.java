package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stream-app of a rebuild as a process of this command; nothing if somebody else runs it. */
final class OwnStreamApp implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final @Nullable Process process;

  private OwnStreamApp(@Nullable Process process) {
    this.process = process;
  }

  /** Starts the command with these settings and those of this process; empty for none. */
  static OwnStreamApp start(String command, Map<String, String> settings) {
    if (command.isEmpty()) {
      return new OwnStreamApp(null);
    }
    // With exec the process gets the signals that are meant for it.
    var builder = new ProcessBuilder(List.of("sh", "-c", "exec " + command));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process started = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
      return new OwnStreamApp(started);
    } catch (IOException e) {
      throw new StartupException("--stream-app cannot be started: " + e.getMessage(), e);
    }
  }

  /** Fails when the process has ended before its time. */
  void check() {
    if (process != null && !process.isAlive()) {
      throw new StartupException(
          "the stream-app of the rebuild has ended with code "
              + process.exitValue()
              + "; start it by hand to see why");
    }
  }

  /** Ends the process as an operator would; may be called twice. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
