package io.weir.simulator.publish;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends to the raw topic, acknowledged by all replicas and without duplicates. It waits when the
 * broker is slower, and fails on the first record that cannot be delivered.
 */
public final class KafkaPublisher implements EventPublisher {
  private static final Duration UNTIL_DELIVERED = Duration.ofMinutes(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean closed;

  private KafkaPublisher(
      KafkaConnection connection, String topic, KafkaProducer<byte[], byte[]> producer) {
    this.connection = connection;
    this.topic = topic;
    this.producer = producer;
  }

  /** A publisher for a topic that must exist. */
  public static KafkaPublisher to(KafkaConnection connection, String topic) {
    var properties = new HashMap<String, Object>();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("batch.size", 128 << 10);
    properties.put("max.request.size", 2 << 20);
    properties.putAll(connection.properties());
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
  public void publish(byte @Nullable [] key, byte[] value, int length) {
    check();
    var record =
        new ProducerRecord<byte @Nullable [], byte[]>(topic, key, Arrays.copyOf(value, length));
    try {
      var _ = producer.send(record, this::sent);
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
        "a record cannot be delivered to "
            + topic
            + " at "
            + connection.bootstrapServers()
            + " ("
            + e.getMessage()
            + "); check the broker, or change WEIR_KAFKA_BOOTSTRAP_SERVERS",
        e);
  }

  @Override
  public void idle() {
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
    if (closed) {
      return;
    }
    closed = true;
    try {
      producer.close(failure.get() == null ? UNTIL_DELIVERED : AFTER_FAILURE);
    } catch (InterruptException e) {
      throw undelivered(e);
    }
    check();
  }
}
