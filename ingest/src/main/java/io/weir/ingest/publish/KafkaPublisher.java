package io.weir.ingest.publish;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends to the raw topic, acknowledged by all replicas and without duplicates. The partition is
 * murmur2 of the key, as in Kafka's Java producer. It fails on the first event that cannot be
 * delivered.
 */
public final class KafkaPublisher implements EventPublisher {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean isClosed;

  private KafkaPublisher(
      KafkaConnection connection, String topic, KafkaProducer<byte[], byte[]> producer) {
    this.connection = connection;
    this.topic = topic;
    this.producer = producer;
  }

  /** A publisher for a topic that must exist. */
  public static KafkaPublisher to(KafkaConnection connection, String topic) {
    var properties = new HashMap<String, Object>();
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("batch.size", 256 << 10);
    properties.putAll(connection.properties());
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    try {
      var serializer = new ByteArraySerializer();
      return new KafkaPublisher(
          connection, topic, new KafkaProducer<>(properties, serializer, serializer));
    } catch (KafkaException e) {
      throw new StartupException(
          "no producer can be made from WEIR_KAFKA_CLIENT_… and WEIR_KAFKA_BOOTSTRAP_SERVERS="
              + connection.bootstrapServers()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void publish(byte[] key, byte[] value) {
    check();
    try {
      var _ = producer.send(new ProducerRecord<>(topic, key, value), this::sent);
    } catch (KafkaException e) {
      throw undelivered(e);
    }
  }

  private void sent(@Nullable RecordMetadata metadata, @Nullable Exception e) {
    if (e != null) {
      failure.compareAndSet(null, e);
    }
  }

  private void check() {
    Exception first = failure.get();
    if (first != null) {
      throw undelivered(first);
    }
  }

  private StartupException undelivered(Exception e) {
    return new StartupException(
        "an event cannot be delivered to "
            + topic
            + " at "
            + connection.bootstrapServers()
            + " ("
            + e.getMessage()
            + "); check the broker, or change WEIR_KAFKA_BOOTSTRAP_SERVERS; the next run"
            + " continues where this one ended",
        e);
  }

  @Override
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      throw undelivered(e);
    }
    check();
  }

  @Override
  public int partitions() {
    try {
      return producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw undelivered(e);
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    producer.close(failure.get() == null ? PATIENCE : AFTER_FAILURE);
  }
}
