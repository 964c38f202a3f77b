package io.weir.ingest.topic;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps the partitions of a backlog together in time. A partition that ran days ahead of the others
 * would make the events of the others late.
 */
final class PartitionPace {
  private static final long MOST_AHEAD = Duration.ofHours(1).toMillis();

  private final Clock clock;
  private final Map<TopicPartition, Long> times = new HashMap<>();

  PartitionPace(Clock clock) {
    this.clock = clock;
  }

  /** Takes note of the time of a record that was read. One of the future counts as of now. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    times.put(
        new TopicPartition(record.topic(), record.partition()),
        Math.min(record.timestamp(), clock.millis()));
  }

  /**
   * The partitions that must wait for the others.
   *
   * @param unread the partitions that have more to read
   */
  Set<TopicPartition> ahead(Set<TopicPartition> unread) {
    OptionalLong slowest =
        unread.stream().mapToLong(each -> times.getOrDefault(each, Long.MIN_VALUE)).min();
    var ahead = new HashSet<TopicPartition>();
    times.forEach((partition, time) -> {
      if (slowest.isPresent() && time - MOST_AHEAD > slowest.getAsLong()) {
        ahead.add(partition);
      }
    });
    return ahead;
  }

  /** Takes note of the partitions that are read from now on. */
  void keep(Collection<TopicPartition> assigned) {
    times.keySet().retainAll(assigned);
  }
}
