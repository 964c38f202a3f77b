package io.weir.stream.processor;

import java.util.concurrent.atomic.AtomicLong;

/** What the visitors in memory may take, all partitions of a process together. */
public final class VisitorCache {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit in bytes of heap, about
   */
  public VisitorCache(long limit) {
    this.limit = limit;
  }

  void add(long bytes) {
    used.addAndGet(bytes);
  }

  boolean isExceeded() {
    return used.get() > limit;
  }
}
