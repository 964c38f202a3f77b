package io.weir.stream.processor.timers;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fires the due timers in turns that are short enough for a transaction. The timers that a turn has
 * no time for are given back and fire in the next.
 */
public final class TimerTurns {
  private static final int MOST_AT_ONCE = 20_000;
  private static final int FEWEST_AT_ONCE = 100;

  /** The records of one transaction must not wait longer than the broker waits for its end. */
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Timers timers;
  private final LongSupplier nanos;
  private int atOnce = MOST_AT_ONCE;

  /** The outcome of a turn. */
  public enum Turn {
    NOTHING_DUE,
    COMPLETE,
    /** Timers were given back: what this turn did has to be committed before the next. */
    CUT_SHORT
  }

  /**
   * @param nanos a clock for durations
   */
  public TimerTurns(Timers timers, LongSupplier nanos) {
    this.timers = timers;
    this.nanos = nanos;
  }

  public Turn next(long watermark, Consumer<Timers.Timer> settle) {
    if (!timers.isDue(watermark)) {
      return Turn.NOTHING_DUE;
    }
    List<Timers.Timer> due = timers.fire(watermark, atOnce);
    long start = nanos.getAsLong();
    int settled = 0;
    while (settled < due.size() && nanos.getAsLong() - start < TURN_NANOS) {
      settle.accept(due.get(settled));
      settled++;
    }
    if (settled < due.size()) {
      timers.giveBack(due.subList(settled, due.size()));
      atOnce = Math.max(FEWEST_AT_ONCE, settled);
      return Turn.CUT_SHORT;
    }
    atOnce = Math.min(MOST_AT_ONCE, 2 * atOnce);
    return due.isEmpty() ? Turn.NOTHING_DUE : Turn.COMPLETE;
  }
}
