package io.weir.tools.audit;

import java.util.List;

/**
 * The account of one partition: received = accepted + duplicate + rejected + open. Open records may
 * still be processed. Each of the {@code problems} names the exact offsets.
 */
record Books(int partition, Extent extent, Counts counts, List<String> problems) {

  /**
   * The offsets of a partition in the lake: the first one, the next one to read, and the lag behind
   * Kafka.
   */
  record Extent(long first, long next, String lag) {}

  record Counts(long received, long accepted, long duplicate, long rejected, long open) {}

  Books {
    problems = List.copyOf(problems);
  }
}
