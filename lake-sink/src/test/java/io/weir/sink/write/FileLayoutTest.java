package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks DuckDB which row groups of a file of events a reader can skip. A column chunk whose
 * dictionary holds all its values has no bloom filter, because the dictionary replaces it. So
 * dictionaries are small here.
 */
class FileLayoutTest {
  private static final int EVENTS = 40_000;
  private static final int VISITORS = 4_000;
  private static final long NOON = 1_772_366_400_000L;

  private final AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();
  @TempDir private Path folder;
  private final Connection duck;
  private String file = "";

  FileLayoutTest() throws SQLException {
    duck = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Writes a file with ten consecutive events per visitor. */
  @BeforeEach
  void writeFile() throws IOException {
    var configuration = new Configuration();
    try (var catalog = new HadoopCatalog(configuration, folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(LakeTables.EVENTS);
      table
          .updateProperties()
          .set(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(100_000))
          .set(TableProperties.PARQUET_DICT_SIZE_BYTES, Integer.toString(1_000))
          .commit();
      var rows =
          new AvroRows<>(serde, EnrichedEvent.getClassSchema(), table, LakeTables.EVENTS.times());
      var writer = new AppendWriter(table, rows, UUID::randomUUID, new WriteBudget(64L << 20));
      for (int i = 0; i < EVENTS; i++) {
        writer.write(new ConsumerRecord<>("t", 0, i, null, serde.serialize("t", event(i))));
      }
      file = writer.close().rows().getFirst().location().replaceFirst("^file:", "");
    }
  }

  @AfterEach
  void closeDuck() throws SQLException {
    duck.close();
  }

  private static EnrichedEvent event(int number) {
    int visitor = number / (EVENTS / VISITORS);
    return EnrichedEvent.newBuilder()
        .setEventId(new UUID(number * 7_919L, number * 104_729L).toString())
        .setEventType(number % 2 == 0 ? "page_view" : "search")
        .setEventTime(NOON + number)
        .setDeviceTime(NOON + number)
        .setAppendTime(NOON + number)
        .setRawPartition(0)
        .setRawOffset(number)
        .setVisitorId(visitor(visitor))
        .build();
  }

  /** A visitor id; ids are spread over the alphabet, so that minimum and maximum skip nothing. */
  private static String visitor(int number) {
    return String.format(Locale.ROOT, "%08x", number * 0x9E3779B1);
  }

  @Test
  void oneVisitor_isSoughtInFewRowGroups() throws SQLException {
    long groups = ask("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('%s')");
    String probe = "FROM parquet_bloom_probe('%s', 'visitor_id', '" + visitor(1_234) + "')";
    String bounds =
        "FROM parquet_metadata('%s') WHERE path_in_schema = 'visitor_id' AND '"
            + visitor(1_234)
            + "' BETWEEN stats_min_value AND stats_max_value";

    assertThat(groups).isGreaterThan(8);
    assertThat(ask("SELECT count(*) " + bounds)).isEqualTo(groups);
    assertThat(ask("SELECT count(*) " + probe + " WHERE NOT bloom_filter_excludes"))
        .isBetween(1L, 2L);
  }

  @Test
  void oneMoment_isInOneRowGroup() throws SQLException {
    assertThat(
            ask(
                "SELECT count(*) FROM parquet_metadata('%s') WHERE path_in_schema = 'event_time'"
                    + " AND stats_min_value <= '2026-03-01 12:00:20+00'"
                    + " AND stats_max_value >= '2026-03-01 12:00:20+00'"))
        .isEqualTo(1);
  }

  @Test
  void dictionaries_areForValuesThatComeAgain() throws SQLException {
    String dictionaries =
        "SELECT count(*) FROM parquet_metadata('%s') WHERE encodings LIKE '%%DICTIONARY%%'"
            + " AND path_in_schema = ";

    assertThat(ask(dictionaries + "'event_type'")).isPositive();
    assertThat(ask(dictionaries + "'event_id'")).isZero();
    assertThat(ask(dictionaries + "'raw_offset'")).isZero();
  }

  /** Checks that filters are small, because row groups are far smaller here than in production. */
  @Test
  void bloomFilters_fitTheirRowGroups() throws SQLException {
    assertThat(ask("SELECT min(bloom_filter_length) FROM parquet_metadata('%s')")).isPositive();
    assertThat(ask("SELECT max(bloom_filter_length) FROM parquet_metadata('%s')"))
        .isLessThan(9_000);
  }

  private long ask(String sql) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql.formatted(file))) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
