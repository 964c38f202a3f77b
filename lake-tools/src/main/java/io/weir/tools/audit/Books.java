package io.weir.tools.audit;

import java.util.List;

/**
 * The account of one partition: received = accepted + duplicate + rejected + open, where what is
 * open may yet be on its way; {@code problems} say what is wrong, with the exact offsets.
 */
record Books(int partition, Extent extent, Counts counts, List<String> problems) {

  /** From the first offset of the lake to before the next it will take in; lag is behind that. */
  record Extent(long first, long next, String lag) {}

  record Counts(long received, long accepted, long duplicate, long rejected, long open) {}

  Books {
    problems = List.copyOf(problems);
  }
}
