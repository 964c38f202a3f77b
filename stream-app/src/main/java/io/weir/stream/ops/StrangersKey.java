package io.weir.stream.ops;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The secret that hides the ids of visitors who refused consent, if the operator has set none. It
 * is drawn once and kept in a topic, so that all instances, now and later, have the same secret:
 * the first record counts. Anybody who may read that topic may read the raw events as well.
 */
public final class StrangersKey {
  private static final int BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaConnection kafka;
  private final TopicPartition place;

  /** Uses a topic with one partition that never deletes a record. */
  public StrangersKey(KafkaConnection kafka, String topic) {
    this.kafka = kafka;
    this.place = new TopicPartition(topic, 0);
  }

  /** Reads the key from the topic, or draws and writes it if the topic is empty. */
  public String get() {
    try {
      Optional<String> known = read();
      if (known.isPresent()) {
        return known.get();
      }
      send(drawn());
      return read()
          .orElseThrow(() -> new StartupException(unusable("it does not keep what is sent to it")));
    } catch (KafkaException e) {
      throw new StartupException(unusable(e.toString()), e);
    }
  }

  private String unusable(String reason) {
    return "topic "
        + place.topic()
        + " cannot be used: "
        + reason
        + "; it keeps the secret that hides who refused consent, unless"
        + " WEIR_STREAM_PSEUDONYM_KEY is set";
  }

  private Optional<String> read() {
    var properties = kafka.properties();
    properties.put("allow.auto.create.topics", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L);
      while (consumer.position(place, PATIENCE) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
          if (record.value() != null) {
            return Optional.of(new String(record.value(), StandardCharsets.UTF_8));
          }
        }
      }
      return Optional.empty();
    }
  }

  private void send(String key) {
    var properties = kafka.properties();
    properties.put("acks", "all");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  place.topic(), place.partition(), null, key.getBytes(StandardCharsets.UTF_8)))
          .get();
    } catch (ExecutionException e) {
      throw new StartupException(unusable(String.valueOf(e.getCause())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException(unusable("interrupted"), e);
    }
  }

  private static String drawn() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
