package io.weir.benchmarks.topic;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A sender of closed sessions, in the place of a stream-app. */
public final class SessionSender implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, Session> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public SessionSender(KafkaConnection kafka, String topic) {
    this.topic = topic;
    Map<String, Object> properties = kafka.properties();
    properties.put("compression.type", "lz4");
    this.producer =
        new KafkaProducer<>(properties, new StringSerializer(), AvroSerde.session().serializer());
  }

  /** Sends a session without waiting for the broker. */
  public void send(Session session) {
    var _ =
        producer.send(new ProducerRecord<>(topic, session.getVisitorId(), session), this::answered);
  }

  private void answered(@Nullable RecordMetadata at, @Nullable Exception refusal) {
    if (refusal != null) {
      failure.compareAndSet(null, refusal);
    }
  }

  /** Waits until the broker has answered for all sessions. */
  public void flush() {
    producer.flush();
    Exception refusal = failure.get();
    if (refusal != null) {
      throw new StartupException("the broker refuses sessions: " + refusal, refusal);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
