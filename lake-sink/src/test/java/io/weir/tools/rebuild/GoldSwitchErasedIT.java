package io.weir.tools.rebuild;

import static io.weir.tools.rebuild.PlayedRebuild.cell;
import static io.weir.tools.rebuild.PlayedRebuild.cells;
import static io.weir.tools.rebuild.PlayedRebuild.commit;
import static io.weir.tools.rebuild.PlayedRebuild.fedRebuild;
import static io.weir.tools.rebuild.PlayedRebuild.readsOn;
import static io.weir.tools.rebuild.PlayedRebuild.run;
import static io.weir.tools.rebuild.PlayedRebuild.unstarted;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.loop.Until;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only gold has before a switch: sums of erased persons, and older days. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes a minute: WEIR_NIGHTLY=true runs it")
@ExtendWith(Servers.class)
class GoldSwitchErasedIT {
  @Test
  void sumsOfTheErased_areCarriedOver_once(Lake lake) throws Exception {
    String name = rebuild(lake, "UTC");
    erase(lake, "sessions", "\"sessions\": 1");
    // A value that had the id of the person is not named in the sums.
    lake.change(
        "INSERT INTO gold.cell_versions SELECT (jsonb_populate_record(c, '{\"cell_key\": \"k\","
            + " \"dimension\": \"exit_page\", \"value\": \"/me\", \"sessions\": 1}')).*"
            + " FROM gold.cell_versions AS c WHERE subject = 'sessions'");
    erase(
        lake, "sessions", "\"sessions\": 1, \"dimension\": \"exit_page\", \"value\": \"(other)\"");
    assertThat(run(lake, 0, "rebuild", name)).contains("2 cells are equal");
    // A run that ended after it had carried the sums over, and before gold was switched.
    assertThat(carry(lake, name)).isEqualTo(2);
    assertThat(carry(lake, name)).isZero();
    lake.change("UPDATE gold.erased SET sessions = 2");
    assertThat(run(lake, 2, "switch", name))
        .contains("persons were erased after their sums were carried over");
    lake.change("UPDATE gold.erased SET sessions = 1");

    assertThat(unstarted(lake, "switch", name))
        .contains("2 cells are equal", "gold has the cells of")
        .doesNotContain("carried");
    assertThat(sessions(lake)).isEqualTo("5");
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.erased")).isEqualTo("2");
    assertThat(lake.gold("SELECT value FROM gold.cells WHERE dimension = 'exit_page'"))
        .isEqualTo("(other)");
    lake.change("DELETE FROM gold.cell_versions WHERE dimension = 'exit_page'");
    lake.set("WEIR_STREAM_APPLICATION_ID", name + "-stream");
    readsOn(lake, name + "-stream", 6);
  }

  @Test
  void sumsByTheDaysOfAnotherZone_areRemovedOnlyIfThatIsAccepted(Lake lake) throws Exception {
    String name = rebuild(lake, "Asia/Kolkata");
    erase(lake, "sessions", "\"sessions\": 1");
    assertThat(run(lake, 0, "rebuild", name))
        .contains("only buckets of 15 minutes", "--accept-differences");
    assertThat(run(lake, 1, "rebuild", name, "--switch"))
        .contains("gold.erased has 1 sums", "nothing is switched");
    unstarted(lake, "switch", name, "--accept-differences");

    assertThat(sessions(lake)).isEqualTo("4");
    assertThat(lake.gold("SELECT count(*) FROM gold.erased")).isEqualTo("0");
  }

  @Test
  void everyNumberOfTheErased_isCarried_andDaysThatOnlyGoldHasNeedConsent(Lake lake)
      throws Exception {
    String name = rebuild(lake, "UTC");
    erase(lake, "sessions", "\"sessions\": 1, \"duration_ms\": 70, \"refunded\": {\"\": 2}");
    erase(lake, "events", "\"events\": 3, \"revenue\": {\"EUR\": 1.50, \"USD\": -0.25}");
    try (var _ = lake.serve()) {
      long day = Instant.parse("2026-02-27T00:00:00Z").toEpochMilli();
      var key = new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.ALL, false, day, "");
      cell(lake, lake.prefix() + "-stream-gold-changelog", key, 3, 7);
      Until.holds(() -> lake.gold("SELECT count(*) FROM gold.cells").equals("3"));
    }

    assertThat(run(lake, 1, "switch", name))
        .contains("only gold has 1 days before the first rebuilt one, with 1 cells")
        .contains("nothing is switched");
    assertThat(unstarted(lake, "switch", name, "--accept-differences"))
        .contains("carried 2 sums of erased persons over", "3 cells are in gold_");

    assertThat(lake.gold(numbers("sessions"))).isEqualTo("5 70 0 {} {\"\": 2}");
    assertThat(lake.gold(numbers("events"))).isEqualTo("0 0 3 {\"EUR\": 1.50, \"USD\": -0.25} {}");
  }

  /** A rebuild of four sessions beside five of gold, of which all records are read. */
  private static String rebuild(Lake lake, String zone) throws Exception {
    String name = fedRebuild(lake);
    commit(lake, lake.prefix() + "-stream", Map.of(lake.topics().raw().name(), 8L));
    cells(lake, name + "-stream", 1, 4, zone);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    return name;
  }

  private static void erase(Lake lake, String subject, String numbers) {
    lake.change(
        """
        SELECT gold.add_erased('[{"subject": "%s", "grain": "day", "dimension": "",
          "bucket_start": "2026-03-01T00:00:00Z", "is_bot": false, "value": "", %s}]')
        """
            .formatted(subject, numbers));
  }

  private static int carry(Lake lake, String of) throws Exception {
    var name = new RebuildName(of);
    try (var brokers = Brokers.connect(lake.kafka());
        var gold = RebuiltGold.connect(lake.postgres(), name)) {
      return new ErasedCarry(lake.kafka(), brokers, name, gold.connection()).run();
    }
  }

  private static String sessions(Lake lake) {
    return lake.gold("SELECT sum(sessions) FROM gold.sessions_daily WHERE dimension = ''");
  }

  private static String numbers(String subject) {
    return "SELECT concat_ws(' ', sessions, duration_ms, events, revenue, refunded) FROM gold.cells"
        + " WHERE subject = '"
        + subject
        + "'";
  }
}
