package io.weir.ingest.topic;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records that were read, partition by partition, and their order. A partition that ran days
 * ahead of the others would make the events of the others late, so the oldest event goes first, and
 * none that is more than an hour ahead of what another partition may still bring.
 */
final class PartitionQueues {
  static final long MOST_AHEAD = Duration.ofHours(1).toMillis();
  private static final int FULL = 500;
  private static final long MOST_BYTES = 32L << 20;

  private final Clock clock;
  private final Map<TopicPartition, Queue<Waiting>> queues = new HashMap<>();

  /** The time of the last event of each partition that went. */
  private final Map<TopicPartition, Long> times = new HashMap<>();

  private long bytes;

  /** A record whose turn it is. */
  record Next(TopicPartition partition, Waiting record) {}

  PartitionQueues(Clock clock) {
    this.clock = clock;
  }

  void add(TopicPartition partition, Waiting record) {
    queues.computeIfAbsent(partition, _ -> new ArrayDeque<>()).add(record);
    bytes += record.bytes();
  }

  /**
   * Takes the next record; null if all must wait, or none is there.
   *
   * @param unread the partitions that have more to read
   */
  @Nullable Next poll(Set<TopicPartition> unread) {
    TopicPartition partition = null;
    Waiting oldest = null;
    for (Map.Entry<TopicPartition, Queue<Waiting>> each : queues.entrySet()) {
      Waiting head = each.getValue().peek();
      if (head != null && (oldest == null || time(head) < time(oldest))) {
        partition = each.getKey();
        oldest = head;
      }
    }
    if (partition == null || oldest == null || isAhead(time(oldest), unread)) {
      return null;
    }
    take(partition, oldest);
    return new Next(partition, oldest);
  }

  private void take(TopicPartition partition, Waiting head) {
    Objects.requireNonNull(queues.get(partition)).remove();
    bytes -= head.bytes();
    if (head.event() != null) {
      times.put(partition, time(head));
    }
  }

  /** What is skipped waits for nobody. An event of the future counts as of now. */
  private long time(Waiting record) {
    return record.event() == null
        ? Long.MIN_VALUE
        : Math.min(record.event().time(), clock.millis());
  }

  private boolean isAhead(long time, Set<TopicPartition> unread) {
    for (TopicPartition each : unread) {
      Queue<Waiting> queue = queues.get(each);
      boolean isEmpty = queue == null || queue.isEmpty();
      if (isEmpty && time != Long.MIN_VALUE) {
        Long last = times.get(each);
        if (last == null || time - MOST_AHEAD > last) {
          return true;
        }
      }
    }
    return false;
  }

  /** The partitions from which nothing more should be read now. */
  Set<TopicPartition> full() {
    var full = new HashSet<TopicPartition>();
    queues.forEach((partition, queue) -> {
      if (queue.size() >= FULL || (bytes >= MOST_BYTES && !queue.isEmpty())) {
        full.add(partition);
      }
    });
    return full;
  }

  boolean isEmpty() {
    return queues.values().stream().allMatch(Queue::isEmpty);
  }

  /** Forgets partitions that somebody else reads now, or that are read from elsewhere. */
  void drop(Collection<TopicPartition> partitions) {
    for (TopicPartition each : partitions) {
      Queue<Waiting> queue = queues.remove(each);
      if (queue != null) {
        queue.forEach(record -> bytes -= record.bytes());
      }
      times.remove(each);
    }
  }
}
