package io.weir.contract;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as Weir creates it. Every topic takes the append time as record timestamp, so that no
 * payload can move a clock.
 */
public record Topic(String name, int partitions, short replication, Duration retention) {

  public Topic {
    if (name.isBlank() || partitions < 1 || replication < 1) {
      throw new IllegalArgumentException("not a topic: " + name + " with " + partitions);
    }
  }

  /** The configuration the topic must have. */
  public Map<String, String> configuration() {
    return Map.of(
        "cleanup.policy", "delete",
        "message.timestamp.type", "LogAppendTime",
        "retention.ms", Long.toString(retention.toMillis()));
  }
}
