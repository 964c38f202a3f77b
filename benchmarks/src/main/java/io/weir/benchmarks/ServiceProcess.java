package io.weir.benchmarks;

import io.weir.contract.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this project folder as a process of its own. */
final class ServiceProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final String name;
  private final Process process;

  private ServiceProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** What is started: a module's main class, how, and with what. */
  record Program(
      String module,
      String mainClass,
      List<String> flags,
      List<String> arguments,
      Map<String, String> settings) {}

  static ServiceProcess start(Program program, Path log) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.flags());
    command.addAll(List.of("-cp", StreamApp.classPath(program.module()), program.mainClass()));
    command.addAll(program.arguments());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(program.settings());
    try {
      return new ServiceProcess(program.mainClass(), builder.start());
    } catch (IOException e) {
      throw new StartupException(program.mainClass() + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** What it has printed so far. */
  static Stream<String> lines(Path log) {
    try {
      return Files.readString(log).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Fails when it has ended. */
  void check() {
    if (!process.isAlive()) {
      throw new StartupException(name + " ended with exit code " + process.exitValue());
    }
  }

  /** Waits for its end and returns the exit code. */
  int await(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new StartupException(name + " did not end within " + seconds + " s");
    }
    return process.exitValue();
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
