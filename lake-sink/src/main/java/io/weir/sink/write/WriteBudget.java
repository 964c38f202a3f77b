package io.weir.sink.write;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the tables of an instance may fill together with rows that are in no file yet. A
 * table that finds it exceeded gives up what it holds itself, unless that is little; so the whole
 * never holds more than the budget, {@link #LITTLE} for each table, and what tables take between
 * two looks: events a few hundred kilobytes, sessions and scores all that one poll brings.
 */
public final class WriteBudget {
  static final long LITTLE = 4L << 20;

  private final long bytes;
  private final AtomicLong held = new AtomicLong();

  public WriteBudget(long bytes) {
    this.bytes = bytes;
  }

  /** What all tables hold now. */
  public long held() {
    return held.get();
  }

  /** What one table holds; for one thread. */
  Share share() {
    return new Share();
  }

  final class Share {
    private long mine;

    void hold(long now) {
      held.addAndGet(now - mine);
      mine = now;
    }

    boolean isTooMuch() {
      return mine > LITTLE && held.get() > bytes;
    }
  }
}
