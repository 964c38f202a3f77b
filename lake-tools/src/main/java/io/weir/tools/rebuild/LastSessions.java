package io.weir.tools.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.AvroSerde;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.tools.erase.Needles;
import io.weir.tools.replay.RawTail;
import io.weir.tools.settings.ToolSettings;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
  private static final int LARGEST = 4 << 20;

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

  /**
   * What was sent.
   *
   * @param erased the sessions that were not, because they name somebody who was erased meanwhile
   */
  record Sent(long sessions, long erased) {}

  /** Sends them; may be repeated. */
  Sent send() throws SQLException {
    Sent sent = copy(at.kafka(), notes.of(MARK), erased());
    notes.put(SENT, Map.of(new TopicPartition(topic(), 0), sent.sessions()));
    return sent;
  }

  /** The ids that were erased since the feed began. The sessions of the rebuild still name them. */
  private Needles erased() throws SQLException {
    String topic = at.topics().erasures().name();
    var ids = new TreeSet<String>();
    TopicRest.read(
        at.kafka(),
        notes.of(RebuildNotes.FED),
        brokers.ends(topic),
        each -> {
          if (each.key() != null) {
            ids.add(new String(each.key(), UTF_8));
          }
        });
    return new Needles(ids);
  }

  private Sent copy(KafkaConnection kafka, Map<TopicPartition, Long> from, Needles erased) {
    var failure = new AtomicReference<@Nullable Exception>();
    var sent = new long[2];
    try (var serde = AvroSerde.session();
        var producer =
            new KafkaProducer<>(
                properties(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicRest.read(
          kafka,
          from,
          brokers.ends(topic()),
          each -> {
            boolean isErased =
                each.value() != null && erased.areIn(serde.deserialize("", each.value()));
            if (!isErased) {
              var _ = producer.send(live(each), (_, e) -> failure.compareAndSet(null, e));
            }
            sent[isErased ? 1 : 0]++;
          });
      producer.flush();
    } catch (KafkaException e) {
      throw new StartupException("the sessions cannot be sent: " + e.getMessage(), e);
    }
    if (failure.get() != null) {
      throw new StartupException("the sessions cannot be sent: " + failure.get());
    }
    return new Sent(sent[0], sent[1]);
  }

  /** As stream-app writes them: a session may be large before it is compressed. */
  private static Map<String, Object> properties(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("max.request.size", LARGEST);
    return properties;
  }

  private ProducerRecord<byte[], byte[]> live(ConsumerRecord<byte[], byte[]> each) {
    return new ProducerRecord<>(
        at.topics().sessions().name(), each.partition(), each.key(), each.value());
  }

  private String topic() {
    return name.sessions();
  }
}
