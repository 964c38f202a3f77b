package io.weir.stream.query.live;

import io.weir.stream.query.cluster.StatusAnswer;
import io.weir.stream.query.cluster.StatusAnswer.PartitionStatus;
import java.util.List;

/** Counters of one instance, made up. */
final class SampleCounters {
  private SampleCounters() {}

  static LiveCounters counters(long received) {
    return counters("RUNNING", received, true);
  }

  static LiveCounters counters(
      String state, long received, boolean settled, PartitionStatus... partitions) {
    var status =
        new StatusAnswer(state, received, 2, 3, 4, 5, 6, 7, 8, 9, 10, settled, List.of(partitions));
    return LiveCounters.ofOne(status, 11, 12);
  }
}
