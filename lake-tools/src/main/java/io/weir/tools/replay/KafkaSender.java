package io.weir.tools.replay;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends with an idempotent producer that waits for all replicas. */
final class KafkaSender implements Sender, AutoCloseable {
  private static final int PATIENCE_MS = 15_000;

  /**
   * More than one request may last, which is a minute for Event Hubs; or Kafka's client refuses.
   */
  private static final int DELIVERY_MS = 120_000;

  /** The producer's limit is this large, so that the broker's limit decides. */
  private static final int LARGEST = 64 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  private KafkaSender(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static KafkaSender open(KafkaConnection kafka, String topic) {
    try {
      return new KafkaSender(
          new KafkaProducer<>(
              properties(kafka), new ByteArraySerializer(), new ByteArraySerializer()),
          topic);
    } catch (KafkaException e) {
      throw new StartupException(
          "no producer can be created with WEIR_KAFKA_CLIENT_…: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> properties(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST);
    return properties;
  }

  @Override
  public Receipt send(List<Outgoing> batch) {
    var futures = new ArrayList<Future<RecordMetadata>>(batch.size());
    for (Outgoing each : batch) {
      futures.add(producer.send(record(each)));
    }
    producer.flush();
    int sent = 0;
    int tooLarge = 0;
    Optional<Throwable> failure = Optional.empty();
    for (Future<RecordMetadata> future : futures) {
      Optional<Throwable> problem = problem(future);
      if (problem.isEmpty()) {
        sent++;
      } else if (problem.get() instanceof RecordTooLargeException) {
        tooLarge++;
      } else {
        failure = problem;
      }
    }
    return new Receipt(sent, tooLarge, failure);
  }

  private ProducerRecord<byte[], byte[]> record(Outgoing outgoing) {
    var record =
        new ProducerRecord<byte[], byte[]>(
            topic,
            outgoing.partition().orElse(null),
            bytes(outgoing.key()),
            bytes(outgoing.value()));
    outgoing
        .headers()
        .forEach(header -> record.headers().add(header.name(), bytes(header.value())));
    return record;
  }

  private static Optional<Throwable> problem(Future<RecordMetadata> future) {
    try {
      future.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e);
    }
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
