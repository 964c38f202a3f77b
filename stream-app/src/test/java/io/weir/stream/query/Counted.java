package io.weir.stream.query;

import io.weir.stream.query.Status.PartitionStatus;
import java.util.List;

/** Counters of one instance, made up. */
final class Counted {
  private Counted() {}

  static LiveCounters counters(long received) {
    return counters("RUNNING", received, true);
  }

  static LiveCounters counters(
      String state, long received, boolean settled, PartitionStatus... partitions) {
    var status =
        new Status(state, received, 2, 3, 4, 5, 6, 7, 8, 9, 10, settled, List.of(partitions));
    return LiveCounters.ofOne(status, 11, 12);
  }
}
