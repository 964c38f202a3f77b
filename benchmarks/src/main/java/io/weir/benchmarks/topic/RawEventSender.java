package io.weir.benchmarks.topic;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A sender of raw events, as a site's collector is one; counts the events the broker has taken. */
public final class RawEventSender implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final LongAdder taken = new LongAdder();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public RawEventSender(KafkaConnection kafka, String topic) {
    this.topic = topic;
    Map<String, Object> properties = kafka.properties();
    properties.put("compression.type", "lz4");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends an event without waiting for the broker. */
  public void send(String visitor, byte[] event) {
    byte[] key = visitor.getBytes(StandardCharsets.UTF_8);
    var _ = producer.send(new ProducerRecord<>(topic, key, event), this::answered);
  }

  private void answered(@Nullable RecordMetadata at, @Nullable Exception refusal) {
    if (refusal == null) {
      taken.increment();
    } else {
      failure.compareAndSet(null, refusal);
    }
  }

  /** Waits until the broker has answered for all events. */
  public void flush() {
    producer.flush();
    Exception refusal = failure.get();
    if (refusal != null) {
      throw new StartupException("the broker refuses raw events: " + refusal, refusal);
    }
  }

  public long taken() {
    return taken.sum();
  }

  @Override
  public void close() {
    producer.close();
  }
}
