package io.weir.ingest.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Where the group stands in the source. Kafka deletes the positions together with the topic, but a
 * process that has not noticed may commit one more. So each has the topic's id beside it, and the
 * next process reads a topic that was made anew from its first record.
 */
final class Positions implements ConsumerRebalanceListener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SourceTopic topic;
  private final boolean isFromLatest;
  private final Runnable flush;
  private final Consumer<String> notes;
  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private String topicId;

  /**
   * Positions of a group.
   *
   * @param isFromLatest whether a group that has no position begins at the end
   * @param flush returns when all that was sent is delivered; called before each commit
   * @param notes takes sentences for the operator
   */
  Positions(
      KafkaConsumer<byte[], byte[]> consumer,
      SourceTopic topic,
      boolean isFromLatest,
      Runnable flush,
      Consumer<String> notes) {
    this.consumer = consumer;
    this.topic = topic;
    this.topicId = topic.id();
    this.isFromLatest = isFromLatest;
    this.flush = flush;
    this.notes = notes;
  }

  /** Takes note that a record was processed. */
  void done(ConsumerRecord<byte[], byte[]> record) {
    next.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), topicId));
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
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    topicId = SourceTopic.find(topic.kafka(), topic.name()).id();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata known = committed.get(partition);
      if (known == null) {
        begin(partition);
      } else if (!known.metadata().isEmpty() && !known.metadata().equals(topicId)) {
        notes.accept(partition + ": the topic was made anew; it is read from its first record");
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, known);
      }
    }
  }

  private void begin(TopicPartition partition) {
    if (!isFromLatest) {
      consumer.seekToBeginning(List.of(partition));
      return;
    }
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seek(partition, end);
    // From here on the group has a position: what comes while it is away is not left out.
    next.put(partition, new OffsetAndMetadata(end, topicId));
  }

  /** Goes on at the first record there is, and says what is missing. */
  void goOn(OffsetOutOfRangeException e) {
    topicId = SourceTopic.find(topic.kafka(), topic.name()).id();
    e.offsetOutOfRangePartitions()
        .forEach((partition, offset) -> {
          long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
          consumer.seek(partition, first);
          String why =
              first > offset
                  ? "offsets " + offset + " to " + (first - 1) + " expired before they were read"
                  : "offset " + offset + " lies behind the end, so the topic was made anew";
          notes.accept(partition + ": " + why + "; ingest goes on at " + first);
        });
  }
}
