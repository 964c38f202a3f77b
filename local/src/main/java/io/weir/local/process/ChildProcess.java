package io.weir.local.process;

import io.weir.process.StartupException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that this launcher started, with its log and its pid file. */
public final class ChildProcess {
  /**
   * A prefix that makes the process ignore Ctrl-C, which reaches the whole terminal: only the
   * launcher acts on it and stops the others in order.
   */
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  private static final int SIGNAL = 128;

  private final String name;
  private final Process process;
  private final LogFile log;
  private final PidFile pidFile;

  private ChildProcess(String name, Process process, LogFile log, PidFile pidFile) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.pidFile = pidFile;
  }

  /** Starts the process in the background. */
  public static ChildProcess start(ProcessSpec spec, LogFile log, PidFile pidFile) {
    return start(spec, log, pidFile, 0);
  }

  /** Starts the process again, for the n-th time. */
  public static ChildProcess start(ProcessSpec spec, LogFile log, PidFile pidFile, int restarts) {
    log.rotate();
    var command = new ArrayList<>(DEAF_TO_CTRL_C);
    command.addAll(spec.command(TemporaryFolder.swept(temporary(spec)).path()));
    var builder = new ProcessBuilder(command);
    // Without the variable each of RocksDB's threads would keep an arena of freed memory.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(spec.environment());
    builder.redirectErrorStream(true).redirectOutput(log.path().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      Process process = builder.start();
      try {
        pidFile.write(process.pid(), spec.mark(), restarts);
      } catch (UncheckedIOException e) {
        // Nobody would find the process, and a signal to the group would not end it.
        process.destroyForcibly();
        throw new StartupException(spec.name() + " cannot be started: " + e.getMessage(), e);
      }
      return new ChildProcess(spec.name(), process, log, pidFile);
    } catch (IOException e) {
      throw new StartupException(spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Runs the process on this terminal and returns its exit code. */
  public static int runHere(ProcessSpec spec) throws InterruptedException {
    try (var temporary = TemporaryFolder.create(spec.name())) {
      var builder = new ProcessBuilder(spec.command(temporary.path())).inheritIO();
      builder.environment().putAll(spec.environment());
      Process process = builder.start();
      // The process ends in its own way, and before the launcher does.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> endOrderly(process), "end"));
      return process.waitFor();
    } catch (IOException e) {
      throw new StartupException(spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static Path temporary(ProcessSpec spec) {
    return spec.home().resolve("run").resolve("tmp").resolve(spec.name());
  }

  private static void endOrderly(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public LogFile log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of a process that has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /**
   * The way in which an ended process ended. A signal shows as 128 plus its number, as in a shell.
   */
  public String ending() {
    int code = exitCode();
    return code > SIGNAL && code <= SIGNAL + 64
        ? "was ended by signal " + (code - SIGNAL)
        : "ended with code " + code;
  }

  public CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGTERM, waits, then sends SIGKILL; tells whether the process ended by itself. */
  public boolean stop(Duration patience) throws InterruptedException {
    terminate();
    boolean gone = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (!gone) {
      process.destroyForcibly().waitFor();
    }
    pidFile.delete();
    return gone;
  }

  /** Sends SIGKILL, to test the next start. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
