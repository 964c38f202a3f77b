package io.weir.sink.gold;

import static io.weir.sink.gold.CellTopic.cell;
import static io.weir.sink.gold.CellTopic.count;
import static io.weir.sink.gold.CellTopic.country;
import static io.weir.sink.gold.CellTopic.parts;
import static io.weir.testkit.TestRecords.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Grain;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks that gold's cells get from the changelog of stream-app into PostgreSQL. */
@ExtendWith(Servers.class)
class CellsIT {
  private static final String ERASE =
      "SELECT gold.add_erased('[{\"grain\": \"day\", \"dimension\": \"\", \"bucket_start\": \"2026-03-01Z\","
          + " \"is_bot\": false, \"value\": \"\", \"sessions\": 5}]')";

  @Test
  void everyField_isStored(Lake lake) {
    try (var topic = CellTopic.create(lake)) {
      topic.send(
          cell(
              country(Grain.QUARTER, NOON, "DE"),
              7,
              change ->
                  change
                      .setPartition(3)
                      .setConvertedSessions(2)
                      .setSettledUntil(NOON + 1)
                      .setRevenue(
                          Map.of("EUR", "92233720368547758070.0001", "", "-0.1", "a\"\\", "5"))));

      run(lake, "1");
    }

    assertThat(
            lake.gold(
                """
                SELECT concat_ws(' ', cell_key, version, subject, grain,
                  extract(epoch FROM bucket_start)::bigint, is_bot, dimension, value, partition,
                  sessions, converted_sessions, visitors, revenue,
                  extract(epoch FROM settled_until)) FROM gold.cells
                """))
        .isEqualTo(
            "3|sessions|15m|country|h|0063907963200000|DE 7 sessions 15m 1772366400 f country DE 3"
                + " 1 2 0 {\"\": -0.1, \"EUR\": 92233720368547758070.0001, \"a\\\"\\\\\": 5}"
                + " 1772366400.001000");
  }

  @Test
  void newerVersionsWin_andReadingAgainChangesNothing(Lake lake) {
    GoldKey key = country(Grain.DAY, NOON, "DE");
    try (var topic = CellTopic.create(lake)) {
      topic.send(cell(key, 1, _ -> {}), cell(key, 3, change -> change.setSessions(30)));
      topic.send(cell(key, 2, change -> change.setSessions(20)));
      topic.send(cell(country(Grain.DAY, NOON, "FR"), 1, _ -> {}));
      run(lake, "2");
      assertThat(sessions(lake)).isEqualTo("DE 30,FR 1");
      topic.send(cell(key, 4, change -> change.setSessions(40)));
      run(lake, "2", "DE 40,FR 1");

      lake.change("DELETE FROM gold.positions");
      topic.send(cell(country(Grain.DAY, NOON, "IT"), 1, _ -> {}));
      run(lake, "3");
    }

    assertThat(sessions(lake)).isEqualTo("DE 40,FR 1,IT 1");
  }

  @Test
  void abortedTransaction_isNotRead(Lake lake) {
    try (var topic = CellTopic.create(lake)) {
      topic.send(false, List.of(cell(country(Grain.DAY, NOON, "DE"), 1, _ -> {})));
      topic.send(cell(country(Grain.DAY, NOON, "FR"), 1, _ -> {}));
      run(lake, "1");
    }

    assertThat(sessions(lake)).isEqualTo("FR 1");
  }

  @Test
  void recordWithoutValue_deletesTheCellOfItsPartition(Lake lake) {
    GoldKey key = country(Grain.QUARTER, NOON, "DE");
    try (var topic = CellTopic.create(lake)) {
      topic.send(cell(key, 5, _ -> {}), cell(key, 5, change -> change.setPartition(1)));
      run(lake, "2");
      topic.delete(key, 1);
      run(lake, "1");
      assertThat(lake.gold("SELECT partition FROM gold.cells")).isEqualTo("0");

      // One batch: the deletion, then a cell that begins anew with a lower version.
      topic.delete(key, 0);
      topic.send(cell(key, 1, change -> change.setSessions(9)));
      run(lake, "1", "DE 9");
    }
  }

  @Test
  void topicMadeAnew_beginsWithoutTheRowsOfTheFormerOne(Lake lake)
      throws ExecutionException, InterruptedException {
    try (var topic = CellTopic.create(lake)) {
      topic.send(
          cell(country(Grain.DAY, NOON, "DE"), 90, change -> change.setSessions(9)),
          cell(country(Grain.DAY, NOON, "FR"), 90, change -> change.setPartition(1)));
      run(lake, "2");
    }
    lake.change(
        "INSERT INTO gold.erasures (erasure_id, base_snapshot, cells)"
            + " VALUES (gen_random_uuid(), 1, '[]')");
    lake.change(ERASE);
    try (Admin admin = lake.kafka().admin()) {
      admin.deleteTopics(List.of(lake.cells().name())).all().get();
    }
    lake.set("WEIR_SINK_ACCEPT_LOST_OFFSETS", "true");
    try (var topic = CellTopic.create(lake)) {
      topic.send(cell(country(Grain.DAY, NOON, "DE"), 1, _ -> {}));
      run(lake, "1", "DE 1");
      assertThat(lake.gold("SELECT count(*) FROM gold.erased")).isEqualTo("0");
      assertThat(lake.gold("SELECT count(*) || ' ' || count(cells) FROM gold.erasures"))
          .isEqualTo("1 0");
      lake.change(ERASE);
      topic.send(cell(country(Grain.DAY, NOON, "IT"), 1, change -> change.setPartition(1)));
      run(lake, "2", "DE 1,IT 1");
      assertThat(lake.gold("SELECT sum(sessions) FROM gold.erased")).isEqualTo("5");
    }
  }

  @Test
  void hostileText_isStoredAndKeysStayDifferent(Lake lake) {
    String surrogate = "\ud800";
    List<String> values =
        List.of("\0", "\\0", "\uFFFD", surrogate, "'|\"", "x".repeat(512), "\0".repeat(512));
    try (var topic = CellTopic.create(lake)) {
      for (String value : values) {
        topic.send(cell(country(Grain.DAY, NOON, value), 1, _ -> {}));
      }
      run(lake, Integer.toString(values.size()));
      for (String value : values) {
        topic.delete(country(Grain.DAY, NOON, value), 0);
      }
      run(lake, "0");
    }
  }

  private static void run(Lake lake, String count) {
    run(lake, count, "");
  }

  /** Runs the loop until the relation has so many rows and, unless empty, these sessions. */
  private static void run(Lake lake, String count, String sessions) {
    TestSink factory = lake.factory(Clock.systemUTC());
    var loop = new SinkLoop(parts(lake, factory), factory.consumer("cells"));
    loop.start();
    Until.holds(
        () -> count(lake).equals(count) && (sessions.isEmpty() || sessions(lake).equals(sessions)),
        loop);
    loop.close();
  }

  private static String sessions(Lake lake) {
    return lake.gold(
        "SELECT string_agg(value || ' ' || sessions, ',' ORDER BY value) FROM gold.cells");
  }
}
