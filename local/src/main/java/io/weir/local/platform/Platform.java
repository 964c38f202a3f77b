package io.weir.local.platform;

import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The running processes: started one by one, stopped in reverse order. */
public final class Platform implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Catalogue catalogue;
  private final Readiness readiness;
  private final Deque<ChildProcess> running = new ArrayDeque<>();
  private boolean stopping;

  public Platform(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.readiness = new Readiness(catalogue);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public ChildProcess start(Service service, String... arguments) {
    return start(catalogue.process(service, arguments));
  }

  /** Starts a process that {@link #close} will end. */
  public synchronized ChildProcess start(ProcessSpec spec) {
    if (stopping) {
      throw new CancellationException("the platform is being stopped");
    }
    Home home = catalogue.home();
    ChildProcess process =
        ChildProcess.start(spec, home.log(spec.name()), home.pidFile(spec.name()));
    running.push(process);
    return process;
  }

  /** Waits until the service is ready; fails when it ends before, or takes too long. */
  public void awaitReady(ChildProcess process, Service service, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<String> problem = readiness.problem(service);
      if (problem.isEmpty()) {
        return;
      }
      if (endsWithin(process, POLL)) {
        throw failure(process, "ended with code " + process.exitCode());
      }
      if (System.nanoTime() > deadline) {
        String seconds = patience.toSeconds() + " s (" + problem.get() + ")";
        throw failure(process, "is not ready after " + seconds);
      }
    }
  }

  /** Runs a process to its end; fails unless it ends well in time. */
  public ChildProcess run(ProcessSpec spec, Duration patience) throws InterruptedException {
    ChildProcess process = start(spec);
    if (!endsWithin(process, patience)) {
      throw failure(process, "is not done after " + patience.toSeconds() + " s");
    }
    if (process.exitCode() != 0) {
      throw failure(process, "ended with code " + process.exitCode());
    }
    forget(process);
    return process;
  }

  /** Not the process's fault when the platform is being stopped. */
  private RuntimeException failure(ChildProcess process, String what) {
    return isStopping()
        ? new CancellationException("the platform is being stopped")
        : ServiceFailedException.of(process, what);
  }

  private static boolean endsWithin(ChildProcess process, Duration patience)
      throws InterruptedException {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void forget(ChildProcess process) {
    running.remove(process);
    catalogue.home().pidFile(process.name()).delete();
  }

  /** Fails if a process has ended without being asked to. */
  public synchronized void failOnEnded() {
    for (ChildProcess process : running) {
      if (!stopping && !process.isAlive()) {
        throw ServiceFailedException.of(process, "ended with code " + process.exitCode());
      }
    }
  }

  public synchronized boolean isStopping() {
    return stopping;
  }

  /** Ends one process before the others. */
  public void stop(ChildProcess process) throws InterruptedException {
    process.stop(STOP_PATIENCE);
    forget(process);
  }

  /** Ends all processes, last started first; names those that had to be killed. */
  public List<String> stop(Consumer<String> progress) throws InterruptedException {
    List<ChildProcess> order;
    synchronized (this) {
      stopping = true;
      order = new ArrayList<>(running);
      running.clear();
    }
    var killed = new ArrayList<String>();
    for (ChildProcess process : order) {
      progress.accept(process.name());
      if (!process.stop(STOP_PATIENCE)) {
        killed.add(process.name());
      }
    }
    return killed;
  }

  @Override
  public void close() {
    try {
      stop(name -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
