package io.weir.tools.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.avro.GoldCell;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Carries the sums of erased persons into the cells of a rebuild, which never had these persons.
 *
 * <p>The changelog of the cells is the state of the rebuilt application and the source of gold. So,
 * while that application is stopped, the sums are added there, to the cells of one partition: then
 * state, REST and PostgreSQL have them. The transaction that writes them also commits an offset of
 * the application's group for the changelog, which no application reads as a group. That is the
 * mark that they are there, so a repeated switch does not add them again.
 */
final class ErasedCarry {
  private static final int PARTITION = 0;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> AMOUNTS = new TypeReference<>() {};

  private final KafkaConnection kafka;
  private final Brokers brokers;
  private final RebuildName name;
  private final Connection connection;
  private final RebuildNotes notes;
  private final TopicPartition mark;

  ErasedCarry(KafkaConnection kafka, Brokers brokers, RebuildName name, Connection connection) {
    this.kafka = kafka;
    this.brokers = brokers;
    this.name = name;
    this.connection = connection;
    this.notes = new RebuildNotes(connection, name);
    this.mark = new TopicPartition(name.cells(), PARTITION);
  }

  /** Notes whether the cells that are loaded have the sums; the caller commits. */
  void note() throws SQLException {
    if (isMarked()) {
      notes.put(RebuildNotes.CARRIED, Map.of(mark, 0L));
    }
  }

  /** Kafka forgets the mark of a group that stands still for days, the notes do not. */
  private boolean isMarked() throws SQLException {
    return !notes.of(RebuildNotes.CARRIED).isEmpty()
        || brokers.committed(name.application()).containsKey(mark);
  }

  /**
   * Adds the sums to the cells, of which all must be loaded, and returns how many there are. Does
   * nothing if the cells have them, or if they have days of another zone.
   */
  int run() throws SQLException {
    if (isMarked() || !SwitchLoss.hasSameDays(connection, name)) {
      connection.rollback();
      return 0;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table());
      statement.execute("CREATE TABLE " + table() + " AS SELECT * FROM gold.erased");
    }
    List<GoldCell> cells = sums();
    connection.commit();
    if (!cells.isEmpty()) {
      send(cells);
    }
    return cells.size();
  }

  private String table() {
    return name.schema() + "." + CellSwitch.CARRIED;
  }

  /** The cells of the partition with the sums added. */
  private List<GoldCell> sums() throws SQLException {
    var cells = new ArrayList<GoldCell>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql())) {
      while (rows.next()) {
        cells.add(cell(rows));
      }
    }
    return cells;
  }

  private String sql() {
    return """
    SELECT e.subject, e.grain, e.bucket_start, e.is_bot, e.dimension, e.value,
      coalesce(c.version, 0) + 1 AS version, %s
    FROM %s AS e
    LEFT JOIN %s.cell_versions AS c ON c.partition = %d
      AND (c.subject, c.grain, c.bucket_start, c.is_bot, c.dimension, c.value)
        = (e.subject, e.grain, e.bucket_start, e.is_bot, e.dimension, e.value)
    """
        .formatted(
            Stream.concat(
                    CellComparison.COUNTS.stream()
                        .map(each -> "coalesce(c.%s, 0) + e.%s AS %s".formatted(each, each, each)),
                    CellComparison.AMOUNTS.stream()
                        .map(each ->
                            "gold.add_amounts(coalesce(c.%s, '{}'), e.%s) AS %s"
                                .formatted(each, each, each)))
                .collect(Collectors.joining(", ")),
            table(),
            name.schema(),
            PARTITION);
  }

  private static GoldCell cell(ResultSet rows) throws SQLException {
    GoldCell cell =
        GoldCell.newBuilder()
            .setSubject(rows.getString("subject"))
            .setGrain(rows.getString("grain"))
            .setBucketStart(
                rows.getObject("bucket_start", OffsetDateTime.class).toInstant().toEpochMilli())
            .setIsBot(rows.getBoolean("is_bot"))
            .setDimension(rows.getString("dimension"))
            .setValue(rows.getString("value"))
            .setPartition(PARTITION)
            .setVersion(rows.getLong("version"))
            .build();
    for (Schema.Field field : cell.getSchema().getFields()) {
      if (CellComparison.COUNTS.contains(field.name())) {
        cell.put(field.pos(), rows.getLong(field.name()));
      } else if (CellComparison.AMOUNTS.contains(field.name())) {
        cell.put(field.pos(), amounts(rows.getString(field.name())));
      }
    }
    return cell;
  }

  private static Map<String, String> amounts(String json) throws SQLException {
    try {
      return MAPPER.readValue(json, AMOUNTS);
    } catch (JsonProcessingException e) {
      throw new SQLException("no amounts: " + json, e);
    }
  }

  private void send(List<GoldCell> cells) {
    Map<String, Object> writing = new HashMap<>(kafka.properties());
    writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, KafkaNames.feed(name.cells()));
    Map<String, Object> marking = new HashMap<>(kafka.properties());
    marking.put(ConsumerConfig.GROUP_ID_CONFIG, name.application());
    try (var serde = AvroSerde.goldCell();
        // It never joins the group: it only names it.
        var group =
            new KafkaConsumer<>(marking, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (GoldCell cell : cells) {
        byte[] value = Objects.requireNonNull(serde.serialize("", cell));
        var _ = producer.send(new ProducerRecord<>(name.cells(), PARTITION, key(cell), value));
      }
      producer.sendOffsetsToTransaction(
          Map.of(mark, new OffsetAndMetadata(0, "gold.erased")), group.groupMetadata());
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new StartupException(
          "the sums of erased persons cannot be sent to " + name.cells() + ": " + e.getMessage(),
          e);
    }
  }

  /** The key of a cell in its partition. */
  private static byte[] key(GoldCell cell) {
    return GoldKey.global(cell).substring((PARTITION + "|").length()).getBytes(UTF_8);
  }
}
