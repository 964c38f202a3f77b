package io.weir.tools.rebuild;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The committed records of a topic between two offsets of each partition. */
final class TopicRest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  private TopicRest() {}

  /** Whether there is no record; looks no further than to the first. */
  static boolean isEmpty(
      KafkaConnection kafka, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    var isFound = new AtomicBoolean();
    read(kafka, from, ends, _ -> isFound.set(true), isFound::get);
    return !isFound.get();
  }

  /** Gives each record to the consumer; partitions without a first offset begin at 0. */
  static void read(
      KafkaConnection kafka,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> found) {
    read(kafka, from, ends, found, () -> false);
  }

  private static void read(
      KafkaConnection kafka,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> found,
      BooleanSupplier isEnough) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var all = new ArrayList<>(ends.keySet());
      consumer.assign(all);
      all.forEach(each -> consumer.seek(each, from.getOrDefault(each, 0L)));
      while (!isEnough.getAsBoolean()
          && all.stream()
              .anyMatch(each -> consumer.position(each, PATIENCE) < ends.getOrDefault(each, 0L))) {
        consumer.poll(POLL).forEach(found);
      }
    } catch (KafkaException e) {
      throw new StartupException("Kafka does not give the records: " + e.getMessage(), e);
    }
  }
}
