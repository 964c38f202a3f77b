package io.weir.sink.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A topic in memory: offsets with gaps, as transactions leave them. */
final class SimTopic {
  static final String NAME = "t";

  private final List<List<Long>> partitions = new ArrayList<>();
  private final long[] ends;

  SimTopic(int count) {
    ends = new long[count];
    for (int i = 0; i < count; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  int partitions() {
    return ends.length;
  }

  void produce(Random random) {
    int partition = random.nextInt(ends.length);
    for (int i = random.nextInt(5); i >= 0; i--) {
      partitions.get(partition).add(ends[partition]++);
    }
    if (random.nextInt(3) == 0) {
      ends[partition]++;
    }
  }

  long end(int partition) {
    return ends[partition];
  }

  /** The offsets of the records from {@code from}, up to but not including {@code to}. */
  List<Long> between(int partition, long from, long to) {
    var offsets = new ArrayList<Long>();
    for (long offset : partitions.get(partition)) {
      if (offset >= from && offset < to) {
        offsets.add(offset);
      }
    }
    return offsets;
  }

  int records() {
    int records = 0;
    for (List<Long> partition : partitions) {
      records += partition.size();
    }
    return records;
  }
}
