package io.weir.process.kafka;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;
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
 * Sends to the raw topic, acknowledged by all replicas and without duplicates. The partition is
 * that of the stock producer: murmur2 of the key. It waits when the broker is slower, and fails on
 * the first event that cannot be delivered.
 */
public final class KafkaPublisher implements EventPublisher {
  private static final Duration UNTIL_DELIVERED = Duration.ofMinutes(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final String topic;
  private final String advice;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean isClosed;

  private KafkaPublisher(
      KafkaConnection connection,
      String topic,
      String advice,
      KafkaProducer<byte[], byte[]> producer) {
    this.connection = connection;
    this.topic = topic;
    this.advice = advice;
    this.producer = producer;
  }

  /**
   * A publisher to a topic that exists.
   *
   * @param advice what a person should know after a failure, as the end of a sentence; or nothing
   */
  public static KafkaPublisher to(KafkaConnection connection, String topic, String advice) {
    var properties = new HashMap<String, Object>();
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("batch.size", 256 << 10);
    properties.put("max.request.size", 2 << 20);
    properties.putAll(connection.properties());
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    try {
      var serializer = new ByteArraySerializer();
      return new KafkaPublisher(
          connection, topic, advice, new KafkaProducer<>(properties, serializer, serializer));
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
        "an event cannot be delivered to "
            + topic
            + " at "
            + connection.bootstrapServers()
            + " ("
            + KafkaRefusal.of(e, ServiceRights.writer("the sender")).orElse(e.getMessage())
            + "); check the broker, or change WEIR_KAFKA_BOOTSTRAP_SERVERS"
            + advice,
        e);
  }

  @Override
  public void idle() {
    check();
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
    try {
      producer.close(failure.get() == null ? UNTIL_DELIVERED : AFTER_FAILURE);
    } catch (InterruptException e) {
      throw undelivered(e);
    }
    check();
  }
}
