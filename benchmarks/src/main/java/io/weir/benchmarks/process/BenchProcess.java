package io.weir.benchmarks.process;

import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this project folder as a process of its own. */
public final class BenchProcess implements AutoCloseable {
  private final String name;
  private final Process process;

  private BenchProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  public static BenchProcess start(Program program, Map<String, String> settings, Path log) {
    return new BenchProcess(program.mainClass(), program.start(settings, log));
  }

  /** What it has printed so far. */
  public static Stream<String> lines(Path log) {
    try {
      return Files.readString(log).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Fails when it has ended. */
  public void check() {
    if (!process.isAlive()) {
      throw new StartupException(name + " ended with exit code " + process.exitValue());
    }
  }

  /** Waits for its end and returns the exit code. */
  public int await(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new StartupException(name + " did not end within " + seconds + " s");
    }
    return process.exitValue();
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    Program.stop(process);
  }
}
