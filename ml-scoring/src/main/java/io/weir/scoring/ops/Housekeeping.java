package io.weir.scoring.ops;

import io.weir.process.streams.StreamRunner;
import io.weir.scoring.registry.Registry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Work that is due every few seconds: looks for a newer model, starts the stream when there is a
 * model, asks the broker.
 */
public final class Housekeeping implements AutoCloseable {
  private final Registry registry;
  private final StreamRunner stream;
  private final BrokerCheck broker;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  public Housekeeping(Registry registry, StreamRunner stream, BrokerCheck broker) {
    this.registry = registry;
    this.stream = stream;
    this.broker = broker;
  }

  /**
   * Does one round. A defect ends the service, because nobody would notice a thread that died
   * silently.
   */
  @SuppressWarnings("checkstyle:IllegalCatch")
  public void doWork() {
    try {
      registry.refresh();
      if (registry.current().isPresent()) {
        stream.start();
      }
      broker.refresh();
    } catch (RuntimeException | Error e) {
      stream.fail(e);
    }
  }

  public void start(Duration interval) {
    var _ =
        executor.scheduleWithFixedDelay(
            this::doWork, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
