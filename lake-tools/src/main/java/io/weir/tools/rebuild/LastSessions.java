package io.weir.tools.rebuild;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.tools.replay.RawTail;
import io.weir.tools.settings.ToolSettings;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that the rebuild has closed and the former application perhaps has not, because it
 * was stopped between an event and the close of its session. The live topic gets them after the
 * switch. What it had already is replaced by an equal row.
 */
record LastSessions(ToolSettings at, RebuildName name, Brokers brokers, RebuildNotes notes) {
  /** The offsets of the rebuild's sessions from which on they are sent. */
  private static final String MARK = "sessions";

  private static final String SENT = "sessions sent";

  /**
   * Notes the sessions that the running live application has closed as well, because it has read on
   * behind the last record of the rebuild. Without a mark all sessions are sent.
   */
  void mark() throws SQLException {
    if (!notes.of(MARK).isEmpty() || !brokers.isRunning(at.application())) {
      return;
    }
    String raw = at.raw().name();
    Map<TopicPartition, Long> read = brokers.committed(at.application());
    boolean isBehind =
        new RawTail(at.kafka(), raw, name.raw())
            .next().entrySet().stream()
                .anyMatch(each ->
                    read.getOrDefault(new TopicPartition(raw, each.getKey()), 0L)
                        < each.getValue());
    if (!isBehind) {
      notes.put(MARK, brokers.ends(topic()));
    }
  }

  boolean areSent() throws SQLException {
    return !notes.of(SENT).isEmpty();
  }

  /** Sends them, and returns how many; may be repeated. */
  long send() throws SQLException {
    long sent = copy(at.kafka(), notes.of(MARK), brokers.ends(topic()));
    notes.put(SENT, Map.of(new TopicPartition(topic(), 0), sent));
    return sent;
  }

  private long copy(
      KafkaConnection kafka, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put("acks", "all");
    var failure = new AtomicReference<@Nullable Exception>();
    var sent = new long[1];
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicRest.read(
          kafka,
          from,
          ends,
          each -> {
            var _ =
                producer.send(
                    new ProducerRecord<>(
                        at.topics().sessions().name(), each.partition(), each.key(), each.value()),
                    (_, e) -> failure.compareAndSet(null, e));
            sent[0]++;
          });
      producer.flush();
    } catch (KafkaException e) {
      throw new StartupException("the sessions cannot be sent: " + e.getMessage(), e);
    }
    if (failure.get() != null) {
      throw new StartupException("the sessions cannot be sent: " + failure.get());
    }
    return sent[0];
  }

  private String topic() {
    return name.name() + ".sessions";
  }
}
