package io.weir.simulator.visit;

import java.util.Arrays;

/** The visitors so far: the number of visits and the end of the last visit of each. */
public final class VisitorPool {
  private long[] lastEnd = new long[1024];
  private int[] visits = new int[1024];
  private int size;
  private int bots;

  int size() {
    return size;
  }

  int add(long end, int visitCount) {
    if (size == lastEnd.length) {
      lastEnd = Arrays.copyOf(lastEnd, size + (size >> 1));
      visits = Arrays.copyOf(visits, lastEnd.length);
    }
    lastEnd[size] = end;
    visits[size] = visitCount;
    return size++;
  }

  /** A bot that has not visited yet. */
  int newBot() {
    return Names.bot(bots++);
  }

  long lastEnd(int visitor) {
    return lastEnd[visitor];
  }

  int visits(int visitor) {
    return visits[visitor];
  }

  void visited(int visitor, long end) {
    lastEnd[visitor] = end;
    visits[visitor]++;
  }
}
