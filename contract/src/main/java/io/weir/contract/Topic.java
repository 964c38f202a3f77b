package io.weir.contract;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as Weir creates it. Every topic takes the append time as record timestamp, so that no
 * payload can move a clock.
 */
public record Topic(
    String name, int partitions, short replication, Duration retention, boolean isCompacted) {

  public Topic {
    if (name.isBlank() || partitions < 1 || replication < 1) {
      throw new IllegalArgumentException("not a topic: " + name + " with " + partitions);
    }
  }

  /** A topic whose records are deleted when they are older than the retention. */
  public Topic(String name, int partitions, short replication, Duration retention) {
    this(name, partitions, replication, retention, false);
  }

  /** A topic that keeps the newest record of each key for good. */
  public static Topic compacted(String name, int partitions, short replication) {
    return new Topic(name, partitions, replication, Duration.ZERO, true);
  }

  /** The configuration the topic must have. */
  public Map<String, String> configuration() {
    return isCompacted
        ? Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime")
        : Map.of(
            "cleanup.policy", "delete",
            "message.timestamp.type", "LogAppendTime",
            "retention.ms", Long.toString(retention.toMillis()));
  }
}
