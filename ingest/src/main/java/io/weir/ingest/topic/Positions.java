package io.weir.ingest.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * The positions of the group in the source. Kafka deletes them together with the topic, but a
 * process that has not noticed may commit one more. So each has the topic's id beside it, and the
 * next process reads a topic that was made anew from its first record.
 */
final class Positions implements ConsumerRebalanceListener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SourceTopic topic;
  private final PartitionQueues queues;
  private final Runnable flush;
  private final Consumer<String> notes;
  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private String topicId;

  /**
   * Positions of a group.
   *
   * @param queues lose what was read of partitions that go
   * @param flush returns when all that was sent is delivered; called before each commit
   * @param notes takes sentences for the operator
   */
  Positions(
      KafkaConsumer<byte[], byte[]> consumer,
      SourceTopic topic,
      PartitionQueues queues,
      Runnable flush,
      Consumer<String> notes) {
    this.consumer = consumer;
    this.topic = topic;
    this.queues = queues;
    this.flush = flush;
    this.notes = notes;
    this.topicId = topic.id();
  }

  /**
   * Gives a group that never read the topic its first positions, at these ends. Returns whether the
   * group has read the topic before.
   */
  static boolean begin(SourceTopic topic, String group, Optional<Map<TopicPartition, Long>> ends) {
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer(group)) {
      Map<TopicPartition, OffsetAndMetadata> known =
          consumer.committed(Set.copyOf(topic.partitions()));
      if (known.values().stream().anyMatch(each -> each != null)) {
        return true;
      }
      if (ends.isPresent()) {
        var first = new HashMap<TopicPartition, OffsetAndMetadata>();
        ends.get()
            .forEach(
                (partition, end) -> first.put(partition, new OffsetAndMetadata(end, topic.id())));
        consumer.commitSync(first, PATIENCE);
      }
      return false;
    }
  }

  /** The position behind a record that was read. */
  OffsetAndMetadata behind(long offset, Optional<Integer> leaderEpoch) {
    return new OffsetAndMetadata(offset + 1, leaderEpoch, topicId);
  }

  /** Takes note that everything before a position was processed. */
  void done(TopicPartition partition, OffsetAndMetadata position) {
    next.put(partition, position);
  }

  /** Commits what was processed, once it is delivered. A crash before it sends again. */
  void commit() {
    if (next.isEmpty()) {
      return;
    }
    flush.run();
    try {
      consumer.commitSync(next, PATIENCE);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // Whoever has the partitions now sends the records again, with the same event ids.
      notes.accept("positions of the last second were not committed: " + e.getMessage());
    }
    next.clear();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit();
    queues.drop(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
    queues.drop(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    topicId = SourceTopic.find(topic.kafka(), topic.name()).id();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata known = committed.get(partition);
      if (known == null) {
        consumer.seekToBeginning(List.of(partition));
      } else if (!known.metadata().isEmpty() && !known.metadata().equals(topicId)) {
        notes.accept(partition + ": the topic was made anew; it is read from its first record");
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, known);
      }
    }
  }

  /** Reads the topic from its first records if it was made anew while it was read. */
  void checkTopic() {
    String id = SourceTopic.find(topic.kafka(), topic.name()).id();
    if (!id.equals(topicId)) {
      notes.accept(topic.name() + " was made anew; it is read from its first record");
      topicId = id;
      next.clear();
      queues.drop(consumer.assignment());
      consumer.seekToBeginning(consumer.assignment());
    }
  }

  /** Goes on at the nearest record there is, and says what is missing. */
  void goOn(OffsetOutOfRangeException e) {
    checkTopic();
    e.offsetOutOfRangePartitions().forEach(this::goOn);
  }

  private void goOn(TopicPartition partition, long offset) {
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (begin > offset) {
      notes.accept(
          "%s: offsets %d to %d expired before they were read; ingest goes on at %d"
              .formatted(partition, offset, begin - 1, begin));
      consumer.seek(partition, begin);
      return;
    }
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (end < offset) {
      notes.accept(
          "%s ends at %d, before the position %d: its broker has lost records; ingest goes on there"
              .formatted(partition, end, offset));
      consumer.seek(partition, end);
    }
  }
}
