package io.weir.tools.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The records to replay, oldest first, and the number of matching ones that were replayed before.
 */
record Selection(List<Origin> origins, int replayedBefore) {
  private static final int CHUNK = 1000;

  Selection {
    origins = List.copyOf(origins);
  }

  /** Selects the oldest {@code limit} records that were not replayed yet, each once. */
  static Selection of(RejectedTable table, Filter filter, long limit) {
    var wanted = new TreeSet<Origin>();
    table.summaries(filter, summary -> wanted.add(summary.origin()));
    if (wanted.isEmpty()) {
      return new Selection(List.of(), 0);
    }
    return of(wanted, table.replayedSince(wanted.first().appendMicros()), limit);
  }

  static Selection of(SortedSet<Origin> wanted, Set<String> replayed, long limit) {
    var origins = new ArrayList<Origin>();
    int before = 0;
    for (Origin each : wanted) {
      if (replayed.contains(each.mark())) {
        before++;
      } else if (origins.size() < limit) {
        origins.add(each);
      }
    }
    return new Selection(origins, before);
  }

  /**
   * The parts of the selection that fit in memory. Records with the same append time stay together.
   */
  List<List<Origin>> chunks() {
    var chunks = new ArrayList<List<Origin>>();
    int start = 0;
    while (start < origins.size()) {
      int end = Math.min(start + CHUNK, origins.size());
      while (end < origins.size()
          && origins.get(end).appendMicros() == origins.get(end - 1).appendMicros()) {
        end++;
      }
      chunks.add(origins.subList(start, end));
      start = end;
    }
    return chunks;
  }
}
