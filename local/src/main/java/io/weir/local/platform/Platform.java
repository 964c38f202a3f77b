package io.weir.local.platform;

import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.local.server.PostgresPrograms;
import java.time.Duration;
import java.util.ArrayList;
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
  private final List<ChildProcess> running = new ArrayList<>();
  private boolean stopping;

  public Platform(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.readiness = new Readiness(catalogue);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** Starts a service of the platform, after providing what it needs on this machine. */
  public ChildProcess start(Service service, String... arguments) {
    if (service == Service.POSTGRES) {
      PostgresPrograms.in(catalogue.checkout().cache()).provide();
    }
    return start(catalogue.process(service, arguments));
  }

  /** Starts a process that {@link #close} will end. */
  public ChildProcess start(ProcessSpec spec) {
    return start(spec, 0);
  }

  private synchronized ChildProcess start(ProcessSpec spec, int restarts) {
    if (stopping) {
      throw new CancellationException("the platform is being stopped");
    }
    Home home = catalogue.home();
    ChildProcess process =
        ChildProcess.start(spec, home.log(spec.name()), home.pidFile(spec.name()), restarts);
    running.add(process);
    return process;
  }

  /** Starts a process in the place of one that has ended. */
  synchronized void replace(ChildProcess ended, ProcessSpec spec, int restarts) {
    running.remove(ended);
    start(spec, restarts);
  }

  /** The services that have ended without a request to stop. */
  synchronized List<ChildProcess> ended() {
    return stopping
        ? List.of()
        : running.stream()
            .filter(process -> !process.isAlive() && Service.named(process.name()).isPresent())
            .toList();
  }

  /** Waits until the service is ready; fails if it ends before, or takes too long. */
  public void awaitReady(ChildProcess process, Service service, Duration patience)
      throws InterruptedException {
    var awake = new AwakeTime(System::nanoTime);
    while (true) {
      Optional<String> problem = readiness.problem(service);
      if (problem.isEmpty()) {
        return;
      }
      if (endsWithin(process, POLL)) {
        throw failure(process, process.ending());
      }
      failOnEnded();
      if (awake.elapsed().compareTo(patience) > 0) {
        String seconds = patience.toSeconds() + " s (" + problem.get() + ")";
        throw failure(process, "is not ready after " + seconds);
      }
    }
  }

  /** Runs a process to its end; fails unless it ends successfully in time. */
  public ChildProcess run(ProcessSpec spec, Duration patience) throws InterruptedException {
    ChildProcess process = start(spec);
    if (!endsWithin(process, patience)) {
      throw failure(process, "is not done after " + patience.toSeconds() + " s");
    }
    if (process.exitCode() != 0) {
      throw failure(process, process.ending());
    }
    forget(process);
    return process;
  }

  /** The failure of a process; it is not the process's fault if the platform is being stopped. */
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

  /** Takes note that a process that is no service has ended. */
  public synchronized void forget(ChildProcess process) {
    running.remove(process);
    catalogue.home().pidFile(process.name()).delete();
  }

  /** Fails if a process has ended without a request to stop. */
  public void failOnEnded() {
    for (ChildProcess process : ended()) {
      throw ServiceFailedException.of(process, process.ending());
    }
  }

  public synchronized boolean isStopping() {
    return stopping;
  }

  /**
   * Ends all processes; returns the names of those that had to be killed. Services end at the same
   * time, after the processes that feed them and before the servers that they need.
   */
  public List<String> stop(Consumer<String> progress) throws InterruptedException {
    List<ChildProcess> all;
    synchronized (this) {
      stopping = true;
      all = new ArrayList<>(running);
      running.clear();
    }
    var killed = new ArrayList<String>();
    for (Service.Kind kind : Service.Kind.inOrderOfEnd()) {
      List<ChildProcess> same =
          all.stream().filter(process -> Service.Kind.of(process.name()) == kind).toList();
      same.forEach(ChildProcess::terminate);
      for (ChildProcess process : same) {
        progress.accept(process.name());
        if (!process.stop(STOP_PATIENCE)) {
          killed.add(process.name());
        }
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
