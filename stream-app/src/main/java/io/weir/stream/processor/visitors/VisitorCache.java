package io.weir.stream.processor.visitors;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The memory budget of the visitors in all partitions of a process. A partition with less than its
 * share may pass the limit by an eighth; partitions with more give memory back when they tidy up.
 */
public final class VisitorCache {
  private static final int SLACK = 8;

  private final long limit;
  private final AtomicInteger partitions = new AtomicInteger();
  private final AtomicLong used = new AtomicLong();

  /** Visitors who were not in memory when an event or a timer asked for them. */
  public final LongAdder read = new LongAdder();

  /**
   * @param limit the approximate number of bytes on the heap
   */
  public VisitorCache(long limit) {
    this.limit = limit;
  }

  void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** The approximate number of bytes on the heap. */
  public long used() {
    return used.get();
  }

  void join() {
    partitions.incrementAndGet();
  }

  void leave() {
    partitions.decrementAndGet();
  }

  /** Whether a partition that has so many of the bytes must give some back. */
  boolean isTooMuch(long own) {
    long excess = used.get() - limit;
    return excess > 0 && (excess > limit / SLACK || own > limit / Math.max(1, partitions.get()));
  }
}
