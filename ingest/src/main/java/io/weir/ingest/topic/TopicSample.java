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
   * Reads up to 200 of the newest values, as they are. While the topic has none, it waits for the
   * first.
   *
   * @param waiting is called once if it waits
   * @return empty only if a stop was requested
   */
  public static List<byte[]> of(SourceTopic topic, Stop stop, Runnable waiting) {
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer()) {
      consumer.assign(topic.partitions());
      List<byte[]> values = newest(consumer, topic, stop);
      if (values.isEmpty() && !stop.isRequested()) {
        waiting.run();
      }
      while (values.isEmpty() && !stop.isRequested()) {
        stop.pause(POLL.toMillis());
        values = newest(consumer, topic, stop);
      }
      return values;
    } catch (KafkaException e) {
      throw SourceTopic.unreadable(topic.name(), e);
    }
  }

  private static List<byte[]> newest(
      KafkaConsumer<byte[], byte[]> consumer, SourceTopic topic, Stop stop) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(topic.partitions());
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(topic.partitions());
    long each = Math.max(1, RECORDS / topic.partitions().size());
    ends.forEach((partition, end) ->
        consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - each)));
    var values = new ArrayList<byte[]>();
    long bytes = 0;
    // The end may be the mark of a transaction, so the position tells when all are read.
    while (!stop.isRequested() && !isAtEnd(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.value() != null && values.size() < RECORDS && bytes < BYTES) {
          values.add(record.value());
          bytes += record.value().length;
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
