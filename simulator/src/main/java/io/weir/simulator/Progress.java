package io.weir.simulator;

import java.util.Locale;
import java.util.function.LongSupplier;

/** A line on standard error every few seconds; short work stays silent. */
final class Progress implements Runnable {
  private static final long EVERY = 3_000_000_000L;

  private final LongSupplier sent;
  private final LongSupplier nanos;
  private long lastTime;
  private long lastSent;

  Progress(LongSupplier sent, LongSupplier nanos) {
    this.sent = sent;
    this.nanos = nanos;
    this.lastTime = nanos.getAsLong();
  }

  @Override
  public void run() {
    long time = nanos.getAsLong();
    if (time - lastTime < EVERY) {
      return;
    }
    long count = sent.getAsLong();
    double rate = (count - lastSent) * 1e9 / (time - lastTime);
    System.err.println(String.format(Locale.ROOT, "%,d records sent, %,.0f/s", count, rate));
    lastTime = time;
    lastSent = count;
  }
}
