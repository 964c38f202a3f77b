package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erases persons and proves that gold is still the recomputation. */
@ExtendWith(Servers.class)
class ErasedReconcileIT {
  private static final String GONE = "visitor-to-be-forgotten-1";
  private static final String GONE_TOO = "visitor-to-be-forgotten-2";
  private static final String STAYS = "visitor-who-stays";

  /** Yesterday at noon: buckets of 15 minutes are compared, too. */
  private final long start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS).toEpochMilli();

  private Session visit(String key, String visitor, int minute, Consumer<Session.Builder> change) {
    return session(
        key,
        0,
        builder -> {
          builder
              .setVisitorId(visitor)
              .setStartTime(start + minute * 60_000L)
              .setIsBounce(true)
              .setPageViews(1)
              .setCountry("DE")
              .setDevice("desktop");
          change.accept(builder);
        });
  }

  private static void buy(Session.Builder session, Map<String, Long> revenue) {
    session
        .setEvents(9)
        .setIsBounce(false)
        .setAddToCarts(2)
        .setCheckouts(1)
        .setPurchases(1)
        .setIsConverted(true)
        .setVisitorSessionNumber(2)
        .setRevenueE4(revenue)
        .setRefunds(2)
        .setRefundedE4(Map.of("EUR", 7L, "CHF", 10_000L))
        .setAdImpressions(3)
        .setAdClicks(2)
        .setMatchedClicks(1)
        .setAds(List.of(new AdCounts("banner", 3, 2, 1)))
        .setGoals(
            List.of(new GoalCounts("bought", 1, revenue), new GoalCounts("seen", 2, Map.of())));
  }

  private List<Session> sessions() {
    return List.of(
        visit("a", GONE, 0, s -> s.setEntryPage("/users/" + GONE + "/orders")),
        visit("b", GONE, 20, s -> buy(s, Map.of("EUR", Long.MAX_VALUE, "GBP", 1L))),
        visit("c", GONE, 21, s -> s.setIsBot(true).setCity("Ulm").setLateEvents(1)),
        visit("d", GONE, -1440, s -> s.setCampaignName("it's \"spring\"\\")),
        visit("e", GONE_TOO, 20, s -> buy(s, Map.of("EUR", 12_345L, "QQQ", 5L))),
        visit("f", STAYS, 20, s -> buy(s, Map.of("EUR", 10_000L))),
        visit("g", STAYS, 1, s -> s.setEntryPage("/")));
  }

  private static void fill(Lake lake, List<Session> sessions) {
    TestSink factory = lake.factory(Clock.systemUTC());
    sessions.forEach(each -> lake.produce(lake.topics().sessions(), 0, bytes(each)));
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == sessions.size(), loop);
    loop.close();
    PlainGold.create(lake);
    PlainGold.of(ZoneId.of("UTC"), sessions).insert(lake);
  }

  private static String forget(Lake lake, int code, String visitor) {
    return Commands.run(lake, code, "forget", "--visitor", visitor);
  }

  private static String reconcile(Lake lake, int code) {
    return Commands.run(lake, code, "reconcile");
  }

  private static String erased(Lake lake) {
    return lake.gold(
        "SELECT concat_ws(' ', sessions, purchases, revenue->>'EUR') FROM gold.erased"
            + " WHERE grain = 'day' AND dimension = '' AND NOT is_bot"
            + " ORDER BY bucket_start DESC LIMIT 1");
  }

  @Test
  void erasedPersons_leaveGoldEqual_andNoTrace(Lake lake) {
    fill(lake, sessions());

    assertThat(forget(lake, 0, GONE))
        .contains("gold.erased: the sums of 4 sessions and 0 events added");
    assertThat(reconcile(lake, 0)).contains("cells of 7 sessions are equal");
    assertThat(forget(lake, 0, GONE_TOO))
        .contains("gold.erased: the sums of 1 sessions and 0 events added");

    assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(2);
    assertThat(reconcile(lake, 0)).contains("cells of 7 sessions are equal");
    assertThat(erased(lake)).isEqualTo("3 2 922337203685478.8152");
    assertThat(lake.gold("SELECT string_agg(e::text, ' ') FROM gold.erased AS e"))
        .contains("Ulm", "(other)", "banner", "CHF")
        .doesNotContain("forgotten");
    assertThat(lake.gold("SELECT count(cells) FROM gold.erasures")).isEqualTo("0");
  }

  @Test
  void cellsThatRetentionRemoved_areComparedByDay(Lake lake) {
    fill(lake, sessions());
    lake.change("DELETE FROM gold.cells WHERE grain = '15m'");
    reconcile(lake, 1);

    lake.change("UPDATE gold.kept SET quarters_from = now() - interval '1 hour'");

    assertThat(reconcile(lake, 0)).contains("are equal");
  }

  @Test
  void waitingSums_haveNoZeros_andNoQuartersThatGoldHasDropped(Lake lake) {
    fill(lake, sessions());
    lake.change("UPDATE gold.kept SET quarters_from = to_timestamp(" + start / 1_000 + " + 600)");
    lake.change("ALTER TABLE gold.erased ADD CONSTRAINT full_disk CHECK (false) NOT VALID");
    forget(lake, 2, GONE);

    assertThat(
            lake.gold(
                """
                SELECT count(*) FROM gold.erasures, jsonb_array_elements(cells) AS cell,
                  jsonb_each(cell) AS field WHERE field.value IN ('0', '{}')
                """))
        .isEqualTo("0");
    assertThat(
            lake.gold(
                """
                SELECT extract(epoch FROM min((cell->>'bucket_start')::timestamptz))::bigint
                FROM gold.erasures, jsonb_array_elements(cells) AS cell
                WHERE cell->>'grain' = '15m'
                """))
        .isEqualTo("" + (start / 1_000 + 900));
  }

  @Test
  void repeatedErasure_addsNothing(Lake lake) {
    fill(lake, sessions());
    forget(lake, 0, GONE);
    String before = erased(lake);

    assertThat(forget(lake, 0, GONE))
        .contains("gold.erased: the sums of 0 sessions and 0 events added");

    assertThat(erased(lake)).isEqualTo(before);
    reconcile(lake, 0);
  }

  @Test
  void runThatEndsBeforeTheSumsAreCounted_isCompletedByTheNext(Lake lake) {
    fill(lake, sessions());
    lake.change("ALTER TABLE gold.erased ADD CONSTRAINT full_disk CHECK (false) NOT VALID");
    assertThat(forget(lake, 2, GONE)).contains("repeat the command");
    assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(3);
    lake.change("ALTER TABLE gold.erased DROP CONSTRAINT full_disk");

    forget(lake, 0, GONE);

    reconcile(lake, 0);
  }

  @Test
  void sumsOfARunThatRemovedNothing_areDropped(Lake lake) {
    fill(lake, sessions());
    long base = lake.table(LakeTables.SESSIONS).currentSnapshot().snapshotId();
    lake.change(
        "INSERT INTO gold.erasures (erasure_id, base_snapshot, cells) SELECT gen_random_uuid(), "
            + base
            + ", jsonb_agg(to_jsonb(c)) FROM gold.cells AS c");

    assertThat(forget(lake, 0, GONE)).doesNotContain("ended midway");

    assertThat(lake.gold("SELECT count(*) FROM gold.erasures")).isEqualTo("1");
    reconcile(lake, 0);
  }

  @Test
  void sumsWhoseFateHistoryNoLongerTells_areDroppedAndTold(Lake lake) {
    fill(lake, sessions());
    lake.change(
        "INSERT INTO gold.erasures (erasure_id, base_snapshot, cells)"
            + " VALUES (gen_random_uuid(), 1, '[]')");

    assertThat(forget(lake, 0, GONE)).contains("gold.erased: 1 earlier runs ended midway");
  }

  @Test
  void goldOfAnOlderVersion_isToldAndErasedAllTheSame(Lake lake) {
    fill(lake, sessions());
    lake.change("DROP TABLE gold.erased CASCADE");

    assertThat(forget(lake, 0, GONE)).contains("gold.erased: NOT WRITTEN", "result: erased");

    assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(3);
    assertThat(reconcile(lake, 2)).contains("no gold.cells or gold.erased yet");
  }
}
