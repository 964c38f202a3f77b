package io.weir.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line on standard error every so often; work that is over before stays silent. */
final class Progress implements Runnable {
  /** For work somebody waits for. */
  static final Duration SHORT = Duration.ofSeconds(3);

  /** For work without end. */
  static final Duration LONG = Duration.ofMinutes(1);

  private final long every;
  private final LongSupplier sent;
  private final LongSupplier nanos;
  private long lastTime;
  private long lastSent;

  Progress(Duration every, LongSupplier sent, LongSupplier nanos) {
    this.every = every.toNanos();
    this.sent = sent;
    this.nanos = nanos;
    this.lastTime = nanos.getAsLong();
  }

  @Override
  public void run() {
    long time = nanos.getAsLong();
    if (time - lastTime < every) {
      return;
    }
    long count = sent.getAsLong();
    double rate = (count - lastSent) * 1e9 / (time - lastTime);
    System.err.println(String.format(Locale.ROOT, "%,d records sent, %,.0f/s", count, rate));
    lastTime = time;
    lastSent = count;
  }
}
