package io.weir.ingest.topic;

import io.weir.process.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The newest records of a topic, which tell its format. */
public final class TopicSample {
  private static final int RECORDS = 200;
  private static final long BYTES = 4L << 20;
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicSample() {}

  /**
   * Reads up to about 200 of the newest values, as they are.
   *
   * @return empty if the topic has none
   */
  public static List<byte[]> of(SourceTopic topic, Stop stop) {
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer()) {
      consumer.assign(topic.partitions());
      Map<TopicPartition, Long> ends = consumer.endOffsets(topic.partitions());
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(topic.partitions());
      // The newest offsets may be marks of transactions, or deletions: then those before them.
      long each = Math.max(1, RECORDS / topic.partitions().size());
      while (!stop.isRequested()) {
        boolean isWhole = seek(consumer, begins, ends, each);
        List<byte[]> values = read(consumer, ends, stop);
        if (!values.isEmpty() || isWhole) {
          return values;
        }
        each *= 8;
      }
      return List.of();
    } catch (KafkaException e) {
      throw SourceTopic.unreadable(topic.name(), e);
    }
  }

  /** Goes so many offsets before the ends; returns whether that is all there is. */
  private static boolean seek(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      long each) {
    boolean isWhole = true;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long begin = begins.getOrDefault(end.getKey(), 0L);
      isWhole &= end.getValue() - each <= begin;
      consumer.seek(end.getKey(), Math.max(begin, end.getValue() - each));
    }
    return isWhole;
  }

  private static List<byte[]> read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Stop stop) {
    var values = new ArrayList<byte[]>();
    long bytes = 0;
    while (!stop.isRequested() && !isAtEnd(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        byte[] value = record.value();
        if (value != null && value.length > 0 && values.size() < RECORDS && bytes < BYTES) {
          values.add(value);
          bytes += value.length;
        }
      }
    }
    return values;
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
