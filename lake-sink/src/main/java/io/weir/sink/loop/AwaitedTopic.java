package io.weir.sink.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a loop when the topic exists that only another service creates. A consumer of a missing
 * topic would log a warning with every poll.
 */
public final class AwaitedTopic implements LoopStep {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedTopic.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
  private static final long ASK_MILLIS = 1_000;

  private final LoopParts parts;
  private final LoopStep loop;
  private final BooleanSupplier exists;
  private final Backoff backoff = new Backoff();
  private long nextMillis = Long.MIN_VALUE;
  private boolean hasStarted;
  private boolean isReported;

  public AwaitedTopic(LoopParts parts, LoopStep loop, BooleanSupplier exists) {
    this.parts = parts;
    this.loop = loop;
    this.exists = exists;
  }

  @Override
  public void start() {
    // The loop starts with its topic.
  }

  @Override
  public int doWork() {
    if (hasStarted) {
      return loop.doWork();
    }
    long now = parts.clock().millis();
    if (now < nextMillis || backoff.isWaiting(now)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    } else {
      ask(now);
    }
    return 0;
  }

  private void ask(long now) {
    try {
      if (exists.getAsBoolean()) {
        hasStarted = true;
        loop.start();
      } else {
        waits();
      }
      nextMillis = now + ASK_MILLIS;
      backoff.succeeded();
    } catch (RuntimeException e) {
      LOG.warn("{} will try again: {}", parts.health().name(), SinkFailure.of(e));
      parts.meters().failed();
      parts.health().down(SinkFailure.of(e));
      backoff.failed(parts.clock().millis());
    }
  }

  private void waits() {
    String note = "waits for topic " + parts.topic() + ", which stream-app creates";
    parts.health().waitsFor(note);
    if (!isReported) {
      LOG.info("{} {}", parts.health().name(), note);
      isReported = true;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
