package io.weir.tools.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts records by reason and keeps the newest few, in whatever order they are added. */
final class Overview {
  private static final Comparator<RefusedSummary> OLDEST_FIRST =
      Comparator.comparing(RefusedSummary::origin);

  private final int limit;
  private final Map<String, Long> counts = new TreeMap<>();
  private final PriorityQueue<RefusedSummary> newest = new PriorityQueue<>(OLDEST_FIRST);
  private long total;

  Overview(int limit) {
    this.limit = limit;
  }

  void add(RefusedSummary summary) {
    total++;
    counts.merge(summary.reason(), 1L, Long::sum);
    newest.add(summary);
    if (newest.size() > limit) {
      newest.remove();
    }
  }

  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  long total() {
    return total;
  }

  List<RefusedSummary> newest() {
    var list = new ArrayList<>(newest);
    list.sort(OLDEST_FIRST.reversed());
    return list;
  }
}
