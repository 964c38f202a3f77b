package io.weir.process.kafka;

import io.weir.contract.VisitorPartition;

/**
 * Names of visitors who do not exist, one for each partition. An event of such a visitor moves the
 * partition's event time on, so that the sessions before it close.
 */
public final class ClosingVisitors {
  /** How the names begin. */
  public static final String PREFIX = "weir-closing-";

  private ClosingVisitors() {}

  /** The name whose events go to this partition. */
  public static String on(int partition, int partitions) {
    int number = 0;
    while (VisitorPartition.of(PREFIX + number, partitions) != partition) {
      number++;
    }
    return PREFIX + number;
  }
}
