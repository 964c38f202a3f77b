package io.weir.local.platform;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process ran. A loop reads it every few seconds. A longer pause between
 * two readings means that the machine or the process was suspended, and counts as a short one.
 */
public final class AwakeTime {
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);
  private final LongSupplier nanos;
  private long last;
  private long elapsed;

  public AwakeTime(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  public Duration elapsed() {
    long now = nanos.getAsLong();
    elapsed += Math.min(now - last, LONGEST_STEP.toNanos());
    last = now;
    return Duration.ofNanos(elapsed);
  }
}
