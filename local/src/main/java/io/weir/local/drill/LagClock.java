package io.weir.local.drill;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many seconds a reader is behind: for how long the first record that it lacks is there. */
final class LagClock {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Deque<Seen> ends = new ArrayDeque<>();

  /** The end of a partition at a time. */
  private record Seen(long nanos, long end) {}

  /** Notes the end of the partition and what is read of it; returns the seconds. */
  double sample(long nanos, long end, long read) {
    if (ends.isEmpty() || ends.getLast().end() < end) {
      ends.addLast(new Seen(nanos, end));
    }
    while (!ends.isEmpty() && ends.getFirst().end() <= read) {
      ends.removeFirst();
    }
    return ends.isEmpty() ? 0 : (nanos - ends.getFirst().nanos()) / NANOS_PER_SECOND;
  }
}
