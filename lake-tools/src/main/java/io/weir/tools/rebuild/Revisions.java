package io.weir.tools.rebuild;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.gold.Postgres;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The revisions of sessions. A row replaces another one only with a higher revision, so those of a
 * new application must begin above those of the former one.
 */
final class Revisions {
  private static final long STEP = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Revisions() {}

  /** The first revision for the application of a rebuild. */
  static long first(Postgres postgres) {
    try (Connection connection = postgres.connect()) {
      return (highest(connection) / STEP + 1) * STEP;
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  /** The first revision that a rebuild was given; empty if it has no sessions, or no topic. */
  static OptionalLong begunWith(KafkaConnection kafka, String sessions) {
    OptionalInt first = firstOf(kafka, sessions);
    return first.isPresent()
        ? OptionalLong.of(first.getAsInt() / STEP * STEP)
        : OptionalLong.empty();
  }

  /** Refuses an application whose sessions would lose against those of gold. */
  static void requireAbove(Connection connection, KafkaConnection kafka, String sessions)
      throws SQLException {
    long highest = highest(connection);
    OptionalInt first = firstOf(kafka, sessions);
    if (first.isPresent() && first.getAsInt() <= highest) {
      throw new StartupException(
          "the sessions of "
              + sessions
              + " begin with revision "
              + first.getAsInt()
              + ", and gold has revision "
              + highest
              + ": a session that changes after the switch would keep its old row. Build it anew"
              + " under another name, with the WEIR_STREAM_FIRST_REVISION that gold feed prints");
    }
  }

  private static long highest(Connection connection) throws SQLException {
    String table = "gold." + GoldTables.SESSION_METRICS.table();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "')")) {
        row.next();
        if (row.getString(1) == null) {
          return 0;
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT max(version) FROM " + table)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The lowest revision among the first records of the partitions. */
  private static OptionalInt firstOf(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("max.poll.records", "1");
    try (var serde = AvroSerde.session();
        var consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      // Asked by name: Kafka leaves a topic that it hides out of the list, and refuses its name.
      return consumer.partitionsFor(topic, PATIENCE).stream()
          .flatMap(each -> first(consumer, new TopicPartition(topic, each.partition())).stream())
          .mapToInt(each -> revision(serde, each))
          .min();
    } catch (KafkaException e) {
      throw new StartupException(topic + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static int revision(AvroSerde<Session> serde, ConsumerRecord<byte[], byte[]> record) {
    return Objects.requireNonNull(serde.deserialize("", record.value())).getRevision();
  }

  private static List<ConsumerRecord<byte[], byte[]>> first(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    consumer.seekToBeginning(one);
    long end = consumer.endOffsets(one, PATIENCE).getOrDefault(partition, 0L);
    while (consumer.position(partition, PATIENCE) < end) {
      List<ConsumerRecord<byte[], byte[]>> found =
          consumer.poll(Duration.ofMillis(500)).records(partition);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }
}
