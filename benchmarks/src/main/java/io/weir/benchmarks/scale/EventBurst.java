package io.weir.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.benchmarks.topic.RawEvents;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * A burst of events: sent as fast as the broker takes them; it ends when stream-app is calm again.
 */
final class EventBurst {
  private static final Duration MOST = Duration.ofMinutes(20);

  /** A look at the CPU time. Longer than the commit interval, so that a commit falls into it. */
  private static final int LOOK_SECONDS = 2;

  private static final int MOST_LOOKS = 45;
  private static final double CALM_CORES = 0.15;

  private final RawEventSender raw;
  private final StreamAppProcess app;
  private final Random random = new Random(3);
  private long number;

  EventBurst(RawEventSender raw, StreamAppProcess app) {
    this.raw = raw;
    this.app = app;
  }

  /**
   * Sends one event for each number and waits until stream-app has read them all.
   *
   * @param visitorOf the visitor's number by that of the event
   * @return seconds until all were read
   */
  double pass(int events, IntUnaryOperator visitorOf) throws InterruptedException {
    long begin = System.nanoTime();
    long before = received(app.await(MOST, _ -> true));
    for (int i = 0; i < events; i++) {
      String visitor = RawEvents.visitor(visitorOf.applyAsInt(i));
      raw.send(visitor, RawEvents.view(random, number++, visitor, System.currentTimeMillis()));
    }
    raw.flush();
    app.await(MOST, status -> received(status) >= before + events);
    double seconds = (System.nanoTime() - begin) / 1e9;
    calmDown();
    return seconds;
  }

  int randomBelow(int bound) {
    return random.nextInt(bound);
  }

  private static long received(JsonNode status) {
    return status.path("received").asLong();
  }

  /** Waits until commits are done and the stores have nothing to tidy up. */
  private void calmDown() throws InterruptedException {
    ProcessUsage usage = app.usage();
    double before = usage.cpuSeconds();
    for (int look = 0; look < MOST_LOOKS; look++) {
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      double now = usage.cpuSeconds();
      if (now - before < CALM_CORES * LOOK_SECONDS) {
        return;
      }
      before = now;
    }
  }
}
