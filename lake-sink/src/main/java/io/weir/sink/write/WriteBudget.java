package io.weir.sink.write;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all tables of an instance together may use for rows that are in no file yet. When
 * the budget is exceeded, a table that checks it releases its own rows, unless it holds less than
 * {@link #LITTLE}. So the sum is at most the budget, plus {@link #LITTLE} per table, plus what
 * tables take between two checks. That is a few hundred kilobytes for events, 32 MB if they fall on
 * many days, and the records of one poll for sessions and scores.
 */
public final class WriteBudget {
  static final long LITTLE = 4L << 20;

  private final long bytes;
  private final AtomicLong held = new AtomicLong();

  public WriteBudget(long bytes) {
    this.bytes = bytes;
  }

  /** The bytes that all tables hold now. */
  public long held() {
    return held.get();
  }

  /** Creates the share of one table, for use by one thread. */
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
