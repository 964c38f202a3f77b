package io.weir.simulator.publish;

import java.util.function.LongSupplier;

/** Lets so many records a second pass. It saves up at most a second of them. */
public final class Throttle {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final LongSupplier nanos;
  private double saved;
  private long last;

  /** A pace by a clock of nanoseconds; infinite lets everything pass. */
  public Throttle(double perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Takes the records that may pass now, at most the given number. */
  public int take(int most) {
    if (Double.isInfinite(perSecond)) {
      return most;
    }
    long now = nanos.getAsLong();
    saved = Math.min(perSecond, saved + (now - last) * perSecond / NANOS_PER_SECOND);
    last = now;
    int taken = (int) Math.min(most, saved);
    saved -= taken;
    return taken;
  }
}
