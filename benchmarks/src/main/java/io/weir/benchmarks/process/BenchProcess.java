package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.local.platform.Home;
import io.weir.local.platform.ServiceFailedException;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of this project that a benchmark starts and measures; it ends with the benchmark. */
public final class BenchProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
  private static final int OUTPUT_LINES = 1_000;

  private final ChildProcess process;

  private BenchProcess(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts the process; its log and its pid file lie in the folder that the specification names.
   */
  public static BenchProcess start(ProcessSpec spec) {
    var home = new Home(spec.home());
    ChildProcess process =
        ChildProcess.start(spec, home.log(spec.name()), home.pidFile(spec.name()));
    // Ctrl-C ends this process before anybody can close that one.
    Runtime.getRuntime().addShutdownHook(new Thread(process::terminate, "end-" + spec.name()));
    return new BenchProcess(process);
  }

  /** CPU time and memory of the process. */
  public ProcessUsage usage() {
    return new ProcessUsage(process.pid());
  }

  /** The file that takes the output of the process. */
  public Path log() {
    return process.log().path();
  }

  /** The lines the process has printed so far. */
  public List<String> output() {
    return process.log().tail(OUTPUT_LINES);
  }

  /** Fails if the process has ended. */
  public void check() {
    if (!process.isAlive()) {
      throw ServiceFailedException.of(process, process.ending());
    }
  }

  /** Waits for the end of the process; fails if it takes longer. */
  public void awaitEnd(Duration patience) throws InterruptedException {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StartupException(
          process.name() + " did not end within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL: the process has no chance to tidy up. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    try {
      process.stop(STOP_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
