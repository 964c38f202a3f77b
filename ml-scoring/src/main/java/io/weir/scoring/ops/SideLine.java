package io.weir.scoring.ops;

import io.weir.process.streams.StreamRunner;
import io.weir.scoring.registry.MlflowMirror;
import io.weir.scoring.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model beside the conversion champion, and the stream that scores with it. The stream starts
 * when there is a model and stops when there is none any more; the next model goes on from the last
 * commit. If it fails, it starts anew after a minute from its last commit, and the service goes on.
 */
public final class SideLine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SideLine.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final Registry registry;
  private final Optional<MlflowMirror> mirror;
  private final Supplier<StreamRunner> streams;
  private final Clock clock;
  private final ScheduledExecutorService executor;
  private volatile @Nullable StreamRunner stream;
  private Instant notBefore = Instant.MIN;
  private volatile @Nullable String failure;
  private boolean isClosed;

  /**
   * A line that does nothing yet.
   *
   * @param name of the line in messages
   * @param streams makes the stream anew for each start
   */
  public SideLine(
      String name,
      Registry registry,
      Optional<MlflowMirror> mirror,
      Supplier<StreamRunner> streams,
      Clock clock) {
    this.name = name;
    this.registry = registry;
    this.mirror = mirror;
    this.streams = streams;
    this.clock = clock;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  public Registry registry() {
    return registry;
  }

  /** Does one round: looks for a newer model, starts the stream when it is due, or stops it. */
  @SuppressWarnings("checkstyle:IllegalCatch")
  public synchronized void doWork() {
    try {
      registry.refresh();
      if (registry.current().isEmpty()) {
        rest();
        return;
      }
      endIfFailed();
      boolean isDue = stream == null && !clock.instant().isBefore(notBefore);
      if (isDue && !isClosed) {
        StreamRunner started = streams.get();
        stream = started;
        started.start();
      }
      if (isRunning()) {
        failure = null;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Without a model nothing is read: the next model gets what comes meanwhile. */
  private void rest() {
    closeStream();
    failure = null;
    notBefore = Instant.MIN;
  }

  private boolean isRunning() {
    StreamRunner current = stream;
    return current != null && current.isRunning();
  }

  private void endIfFailed() throws InterruptedException {
    StreamRunner ended = stream;
    if (ended != null && (ended.state().equals("ERROR") || ended.state().equals("NOT_RUNNING"))) {
      failed(ended.awaitEnd());
    }
  }

  private void failed(@Nullable Throwable cause) {
    failure = "the stream failed and starts anew after a minute: " + cause;
    notBefore = clock.instant().plus(PAUSE);
    log.error("{}: the stream failed and starts anew after a minute", name, cause);
    closeStream();
  }

  private void closeStream() {
    StreamRunner ended = stream;
    if (ended != null) {
      ended.close();
      stream = null;
    }
  }

  /** Whether the model scores; empty if there is none. It does not wait for a round. */
  Optional<Boolean> isReady() {
    return registry.current().map(_ -> isRunning());
  }

  /** What an operator should look at; empty if all is well, also while there is no model. */
  public Optional<String> problem() {
    return Optional.ofNullable(failure)
        .or(registry::problem)
        .or(() -> mirror.flatMap(MlflowMirror::problem));
  }

  public String name() {
    return name;
  }

  public void start(Duration interval) {
    mirror.ifPresent(each -> each.start(interval));
    var _ =
        executor.scheduleWithFixedDelay(
            this::doWork, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    mirror.ifPresent(MlflowMirror::close);
    synchronized (this) {
      isClosed = true;
      closeStream();
    }
  }
}
