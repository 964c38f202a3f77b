package io.weir.tools.rebuild;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a rebuild the secret that hides the ids of visitors who refused consent: with another one
 * they would be other visitors, in other partitions.
 */
final class StrangersKeyCopy {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private StrangersKeyCopy() {}

  static void ensure(KafkaConnection kafka, Topic live, RebuildName name) {
    String copy = live.name().replaceFirst("^.*\\.", name.name() + ".");
    try {
      byte[] secret = first(kafka, live.name());
      byte[] copied = first(kafka, copy);
      if (secret == null || Arrays.equals(secret, copied)) {
        return;
      }
      if (copied != null) {
        throw new StartupException(
            copy + " has another secret than " + live.name() + "; take another name");
      }
      send(kafka, copy, secret);
    } catch (KafkaException e) {
      throw new StartupException(copy + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static byte @Nullable [] first(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put("allow.auto.create.topics", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      // Asked by name: Kafka leaves a topic that it hides out of the list, and refuses its name.
      if (consumer.partitionsFor(topic, PATIENCE).isEmpty()) {
        return null;
      }
      var place = new TopicPartition(topic, 0);
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L);
      while (consumer.position(place, PATIENCE) < end) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
          if (each.value() != null) {
            return each.value();
          }
        }
      }
      return null;
    }
  }

  private static void send(KafkaConnection kafka, String topic, byte[] secret) {
    Map<String, Object> properties = kafka.properties();
    properties.put("acks", "all");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, null, secret)).get();
    } catch (ExecutionException e) {
      throw new StartupException(topic + " cannot be written: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while copying the secret", e);
    }
  }
}
