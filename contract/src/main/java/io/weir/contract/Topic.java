package io.weir.contract;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as Weir creates it. Every topic uses the append time as record timestamp, so that no
 * payload can move a clock.
 *
 * @param maxMessageBytes the largest batch the broker accepts, above what the topic's writer
 *     produces
 */
public record Topic(
    String name,
    int partitions,
    short replication,
    Duration retention,
    boolean isCompacted,
    int maxMessageBytes) {
  /** The longest time until replaced or deleted values are compacted away. */
  public static final Duration LONGEST_UNCOMPACTED = Duration.ofDays(1);

  /** The broker's limit for topics that set none. */
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

  public Topic {
    if (name.isBlank() || partitions < 1 || replication < 1) {
      throw new IllegalArgumentException("not a topic: " + name + " with " + partitions);
    }
    if (maxMessageBytes < 1) {
      throw new IllegalArgumentException(name + " takes no messages: " + maxMessageBytes);
    }
  }

  /** A topic whose records are deleted when they are older than the retention. */
  public Topic(String name, int partitions, short replication, Duration retention) {
    this(name, partitions, replication, retention, false, DEFAULT_MAX_MESSAGE_BYTES);
  }

  /**
   * A topic that keeps the newest record of each key for ever, and replaced records for at most
   * {@link #LONGEST_UNCOMPACTED}.
   */
  public static Topic compacted(String name, int partitions, short replication) {
    return new Topic(name, partitions, replication, Duration.ZERO, true, DEFAULT_MAX_MESSAGE_BYTES);
  }

  /** The configuration the topic must have. */
  public Map<String, String> configuration() {
    String most = Integer.toString(maxMessageBytes);
    return isCompacted
        ? Map.of(
            "cleanup.policy",
            "compact",
            "message.timestamp.type",
            "LogAppendTime",
            "max.compaction.lag.ms",
            Long.toString(LONGEST_UNCOMPACTED.toMillis()),
            "max.message.bytes",
            most)
        : Map.of(
            "cleanup.policy",
            "delete",
            "message.timestamp.type",
            "LogAppendTime",
            "retention.ms",
            Long.toString(retention.toMillis()),
            "max.message.bytes",
            most);
  }
}
