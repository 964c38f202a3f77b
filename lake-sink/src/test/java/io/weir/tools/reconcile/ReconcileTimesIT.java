package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.reconcile.PlainSilver.START;
import static io.weir.tools.reconcile.PlainSilver.UTC;
import static io.weir.tools.reconcile.PlainSilver.both;
import static io.weir.tools.reconcile.PlainSilver.run;
import static io.weir.tools.reconcile.PlainSilver.silver;
import static io.weir.tools.reconcile.PlainSilver.usual;
import static io.weir.tools.reconcile.PlainSilver.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Days that one side does not have, and days of other zones. */
@ExtendWith(Servers.class)
class ReconcileTimesIT {
  @Test
  void daysThatSilverDropped_areLeftOut(Lake lake) {
    var sessions = new ArrayList<>(usual());
    silver(lake, sessions, sessions.size());
    sessions.add(visit("dropped", -24 * 60, _ -> {}));
    PlainGold.of(UTC, sessions).insert(lake);
    assertThat(run(lake, 1)).contains("different:");

    Table table = lake.table(LakeTables.SESSIONS);
    KeptFrom.raise(table, Instant.ofEpochMilli(START).truncatedTo(ChronoUnit.DAYS));
    assertThat(run(lake, 0)).contains("equal");
    assertThat(
            lake.gold(
                "SELECT string_agg(subject, '; ' ORDER BY reconciliation_id)"
                    + " FROM gold.reconciliations"))
        .isEqualTo("all; all but visitors");

    KeptFrom.raise(table, Instant.now());
    assertThat(run(lake, 2, "--to", "2026-01-01"))
        .contains("silver keeps no session that starts before");
  }

  @Test
  void daysOfBerlin_are23And25Hours(Lake lake) {
    lake.set("WEIR_SITE_TIME_ZONE", "Europe/Berlin");
    List<Session> sessions =
        List.of(
            at("before", "2025-03-29T22:59:59.999Z"),
            at("first", "2025-03-29T23:00:00Z"),
            at("last", "2025-03-30T21:59:59.999Z"),
            at("next", "2025-03-30T22:00:00Z"),
            at("autumn", "2025-10-26T22:59:59.999Z"));
    silver(lake, sessions, sessions.size());
    PlainGold.of(ZoneId.of("Europe/Berlin"), sessions).insert(lake);

    assertThat(run(lake, 0)).contains("cells of 5 sessions are equal", "days of Europe/Berlin");
    assertThat(run(lake, 0, "--from", "2025-03-29T23:00:00Z", "--to", "2025-03-30T22:00:00Z"))
        .contains("cells of 2 sessions are equal");

    lake.set("WEIR_SITE_TIME_ZONE", "UTC");
    String told = run(lake, 1);
    assertThat(told).contains("2025-03-28T23:00:00Z", "days of UTC");
  }

  @Test
  void zoneOfGold_isChecked(Lake lake) {
    both(lake, usual());
    lake.change(
        "INSERT INTO gold.cells (cell_key, subject, value, settled_until)"
            + " VALUES ('p', 'progress', 'Europe/Berlin', now())");

    assertThat(run(lake, 2).lines())
        .singleElement()
        .asString()
        .contains("those of Europe/Berlin, but WEIR_SITE_TIME_ZONE is UTC");
  }

  @Test
  void quartersThatGoldHasDeleted_areNotCompared(Lake lake) {
    both(lake, usual());
    lake.change("DELETE FROM gold.cells WHERE grain = '15m'");
    lake.change(
        "INSERT INTO gold.cells (cell_key, subject, value, settled_until)"
            + " VALUES ('p', 'progress', 'UTC', now() + interval '35 days')");

    assertThat(run(lake, 0)).contains("cells of 8 sessions are equal");
  }

  @Test
  void oldQuarters_areNotCompared_whereEventsOfAnyAgeAreAccepted(Lake lake) {
    List<Session> sessions = List.of(at("old", "2025-03-28T12:00:00Z"));
    silver(lake, sessions, sessions.size());
    PlainGold.of(ZoneId.of("UTC"), sessions).insert(lake);
    lake.change("DELETE FROM gold.cells WHERE grain = '15m'");
    lake.change(
        "INSERT INTO gold.cells (cell_key, subject, value, settled_until)"
            + " VALUES ('p', 'progress', 'UTC', now() - interval '100 years')");

    assertThat(run(lake, 0)).contains("cells of 1 sessions are equal");

    lake.change("DELETE FROM gold.cells WHERE grain = 'day' AND dimension = ''");
    assertThat(run(lake, 1)).contains("2025-03-28");
  }

  private static Session at(String key, String time) {
    return session(
        key,
        0,
        builder -> builder.setStartTime(Instant.parse(time).toEpochMilli()).setIsBounce(true));
  }
}
