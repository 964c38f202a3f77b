package io.weir.local.topic;

import io.weir.process.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the committed records of a topic once, from its beginning to its present end. */
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(500);
  private final KafkaConnection connection;

  public TopicReader(KafkaConnection connection) {
    this.connection = connection;
  }

  /** Passes every value to the consumer; returns their number. */
  public <T> long read(String topic, Deserializer<T> values, Consumer<T> taker) {
    Map<String, Object> properties = connection.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long count = 0;
      while (!isAt(consumer, ends)) {
        for (ConsumerRecord<byte[], T> record : consumer.poll(POLL)) {
          taker.accept(record.value());
          count++;
        }
      }
      return count;
    }
  }

  private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey()) < end.getValue()) {
        return false;
      }
    }
    return true;
  }
}
