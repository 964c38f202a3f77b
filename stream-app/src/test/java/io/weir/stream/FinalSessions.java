package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.testkit.RealBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The last revision of each session, from the topic and from a run without Kafka. */
final class FinalSessions {
  private static final AvroSerde<Session> SERDE = AvroSerde.session();

  private FinalSessions() {}

  /** The sessions of the same clicks without Kafka; those of the last clicks never close. */
  static Map<String, Session> offline(Path file, Path folder) throws Exception {
    Path out = folder.resolve("sessions.avro");
    Process run =
        Instance.run(
            folder,
            Map.of("WEIR_STREAM_ENRICHMENTS", "url"),
            "sessions",
            "--events",
            file.toString(),
            "--out",
            out.toString());
    assertThat(run.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    var sessions = new TreeMap<String, Session>();
    try (var reader =
        new DataFileReader<>(out.toFile(), new SpecificDatumReader<>(Session.class))) {
      reader.forEach(session -> put(sessions, session));
    }
    assertThat(sessions).hasSizeGreaterThan(2 * Traffic.visitors().size());
    return sessions;
  }

  /** The last revision of each session in the topic. */
  static Map<String, Session> closed(RealBroker broker) {
    var sessions = new TreeMap<String, Session>();
    read(broker, "clickstream.sessions", SERDE, (_, session) -> put(sessions, session));
    return sessions;
  }

  /** Reads the committed records of a topic. */
  static <T extends SpecificRecordBase> void read(
      RealBroker broker, String topic, AvroSerde<T> serde, BiConsumer<String, T> each) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> each.accept(record.key(), record.value()));
      }
    }
  }

  /** Keeps the last revision, without its number and its late events: both depend on the order. */
  private static void put(Map<String, Session> sessions, Session session) {
    if (session.getVisitorId().startsWith("closing")) {
      return;
    }
    if (session.getIsRetracted()) {
      sessions.remove(session.getSessionKey());
      return;
    }
    session.setRevision(0);
    session.setLateEvents(0);
    sessions.put(session.getSessionKey(), session);
  }
}
