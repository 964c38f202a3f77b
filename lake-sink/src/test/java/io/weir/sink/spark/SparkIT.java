package io.weir.sink.spark;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.clickScore;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.rejected;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.returnScore;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.RecordHeader;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.loop.Until;
import io.weir.sink.maintenance.Maintenance;
import io.weir.sink.maintenance.MaintenanceRules;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks that Spark finds the same rows in every table as Iceberg's own reader. */
@ExtendWith(Servers.class)
class SparkIT {
  private static final int ROUNDS = 6;
  private static final long DAY = 86_400_000L;
  private static final MaintenanceRules RULES =
      new MaintenanceRules(
          128L << 20,
          Duration.ZERO,
          Duration.ofHours(24),
          MaintenanceRules.Kept.retractions(Duration.ofDays(30)));

  /** The column to add up in each table. */
  private static final Map<TableSpec, String> NUMBERS =
      Map.of(
          LakeTables.RAW_EVENTS, "offset",
          LakeTables.REJECTED, "raw_offset",
          LakeTables.EVENTS, "raw_offset",
          LakeTables.LATE, "raw_offset",
          LakeTables.EVENT_PRODUCTS, "raw_offset",
          LakeTables.SESSIONS, "revision",
          LakeTables.SESSION_CHANGES, "revision",
          LakeTables.SCORES, "session_revision",
          LakeTables.RETRACTED_SESSIONS, "revision",
          LakeTables.RETRACTED_SCORES, "revision");

  /** The number of records per round and table. */
  private static final Map<TableSpec, Integer> RECORDS =
      Map.of(
          LakeTables.RAW_EVENTS, 2,
          LakeTables.REJECTED, 1,
          LakeTables.EVENTS, 1,
          LakeTables.LATE, 1,
          LakeTables.EVENT_PRODUCTS, 1,
          LakeTables.SESSIONS, 3,
          LakeTables.SESSION_CHANGES, 3,
          LakeTables.SCORES, 3,
          LakeTables.AD_SCORES, 1,
          LakeTables.RETURN_SCORES, 3);

  @Test
  void everyRowOfEveryTable_isTheSame_beforeAndAfterMaintenance(Lake lake, @TempDir Path folder) {
    try (var _ = lake.serve()) {
      for (int round = 1; round <= ROUNDS; round++) {
        produce(lake, round);
        awaitCommit(lake, round);
      }
    }
    assertThat(total(lake, LakeTables.SESSIONS, "total-equality-deletes")).isPositive();
    assertThat(total(lake, LakeTables.SCORES, "total-equality-deletes")).isPositive();

    try (var spark = new SparkProcess(lake, folder)) {
      LakeTables.all().forEach(table -> assertReadAlike(lake, spark, table));

      Catalog catalog = lake.catalog();
      Maintenance maintenance = Maintenance.of(catalog, RULES, Clock.systemUTC());
      LakeTables.all().forEach(maintenance::run);

      assertThat(total(lake, LakeTables.SESSIONS, "total-delete-files")).isZero();
      assertThat(total(lake, LakeTables.EVENTS, "total-data-files")).isEqualTo(2);
      LakeTables.all().forEach(table -> assertReadAlike(lake, spark, table));
    }
  }

  private static void assertReadAlike(Lake lake, SparkProcess spark, TableSpec table) {
    List<Record> rows = lake.rows(table);
    String name = table.fullName();
    String number = NUMBERS.getOrDefault(table, "");

    List<String> found =
        spark.ask(
            "SELECT to_json(struct(*), map('ignoreNullFields', 'false', 'timestampFormat', \""
                + RowJson.TIMES
                + "\")) FROM weir."
                + name);
    String sums =
        lake.sql(
            "SELECT count(*) AS n, sum("
                + (number.isEmpty() ? "1" : '"' + number + '"')
                + ") AS s FROM "
                + name,
            "--json");

    assertThat(rows).as(name).isNotEmpty();
    assertThat(found.stream().map(RowJson::parsed))
        .as(name)
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(RowJson::of).toList());
    long sum =
        rows.stream()
            .mapToLong(row -> number.isEmpty() ? 1 : ((Number) row.getField(number)).longValue())
            .sum();
    assertThat(sums).as(name).isEqualTo("{\"n\":" + rows.size() + ",\"s\":" + sum + "}\n");
  }

  /** Produces one round: in each table one more row, one revised row and one retracted row. */
  private static void produce(Lake lake, int round) {
    Topics topics = lake.topics();
    var raw =
        new ProducerRecord<>(topics.raw().name(), 0, new byte[] {1, -1}, new byte[] {(byte) round});
    raw.headers().add("h", new byte[] {0, -2}).add("h", null);
    lake.send(raw);
    lake.send(new ProducerRecord<>(topics.raw().name(), 1, null, null));
    lake.produce(topics.events(), 2, bytes(richEvent(round)));
    lake.produce(topics.late(), 3, bytes(event("late" + round, change -> change.setIsLate(true))));
    lake.produce(topics.rejected(), 1, bytes(refused(round)));
    lake.produce(
        topics.sessions(),
        0,
        bytes(session("live" + round, 0, change -> change.setRevenueE4(Map.of("EUR", 12_3456L)))),
        bytes(session("revised", round, change -> change.setPages(List.of("/", "/a\u00e4")))),
        bytes(round % 2 == 0 ? session("gone", round, _ -> {}) : retraction("gone", round)));
    lake.produce(
        topics.scores(),
        0,
        bytes(score("live" + round, 0, 0.1 * round)),
        bytes(score("revised", round, 1.0 / 3)),
        bytes(gone(round)));
    lake.produce(topics.clickScores(), 0, bytes(clickScore("i" + round, 0.1 * round)));
    lake.produce(
        topics.returnScores(),
        0,
        bytes(returnScore("live" + round, 0, 0.1 * round)),
        bytes(returnScore("revised", round, 1.0 / 3)),
        bytes(mayBeGone(round)));
  }

  private static ReturnScore mayBeGone(int round) {
    ReturnScore score = returnScore("gone", round, 0.5);
    score.setIsRetracted(round % 2 == 1);
    return score;
  }

  private static io.weir.contract.avro.Score gone(int round) {
    var score = score("gone", round, 0.5);
    score.setIsRetracted(round % 2 == 1);
    return score;
  }

  private static EnrichedEvent richEvent(int round) {
    Product product =
        Product.newBuilder().setProductId("p").setPriceE4(19_9900L).setQuantity(2).build();
    return event(
        "e" + round,
        change ->
            change
                .setEventTime(NOON + round + (round == 1 ? DAY : 0))
                .setRawOffset(round)
                .setSentAt(NOON + 1)
                .setValueE4(Long.MAX_VALUE - round)
                .setProducts(List.of(product, product))
                .setProperties(Map.of("\u00e4", "\u00f6", "n", "1"))
                .setConsentAnalytics(true));
  }

  private static RejectedRecord refused(int round) {
    RejectedRecord record = rejected(new byte[] {(byte) 0xff, 0, (byte) round});
    record.setRawOffset(round);
    record.setHeaders(List.of(new RecordHeader("h", ByteBuffer.wrap(new byte[] {9}))));
    return record;
  }

  /** Waits until every table has one commit per round. */
  private static void awaitCommit(Lake lake, int rounds) {
    for (TableSpec spec : RECORDS.keySet()) {
      Table table = lake.table(spec);
      Until.holds(() -> {
        table.refresh();
        return CommittedOffsets.newest(table).offsets().next().values().stream()
                .mapToLong(Long::longValue)
                .sum()
            == (long) RECORDS.getOrDefault(spec, 0) * rounds;
      });
    }
  }

  private static long total(Lake lake, TableSpec spec, String property) {
    Table table = lake.table(spec);
    return Long.parseLong(table.currentSnapshot().summary().getOrDefault(property, "-1"));
  }
}
