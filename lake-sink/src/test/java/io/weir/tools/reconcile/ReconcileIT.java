package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.Commands.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ReconcileIT {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final String CELL =
      "subject = 'sessions' AND grain = 'day' AND dimension = 'country' AND value = 'DE' AND NOT is_bot";

  /** Yesterday at noon: buckets of 15 minutes are compared, too. */
  private final long start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS).toEpochMilli();

  private Session visit(String key, int minute, Consumer<Session.Builder> change) {
    return session(
        key,
        0,
        builder -> {
          builder
              .setStartTime(start + minute * 60_000L)
              .setIsBounce(true)
              .setPageViews(1)
              .setCountry("DE")
              .setDevice("desktop");
          change.accept(builder);
        });
  }

  private Session purchase(String key, int minute, Map<String, Long> revenue) {
    return visit(
        key,
        minute,
        builder ->
            builder
                .setEvents(9)
                .setIsBounce(false)
                .setAddToCarts(2)
                .setCheckouts(1)
                .setPurchases(1)
                .setIsConverted(true)
                .setVisitorSessionNumber(2)
                .setRevenueE4(revenue)
                .setRefunds(1)
                .setRefundedE4(Map.of("EUR", 10_000L)));
  }

  private List<Session> usual() {
    return List.of(
        visit("a", 0, _ -> {}),
        visit(
            "b", 1, builder -> builder.setCountry("FR").setCampaignName("spring").setAppId("app")),
        visit("c", 14, builder -> builder.setIsBot(true).setCountry(null).setLateEvents(1)),
        visit("d", 15, builder -> builder.setAddToCarts(1).setIsCartAbandoned(true)),
        purchase("e", 16, Map.of("EUR", 123_456L, "GBP", 1L)),
        purchase("f", 17, Map.of("EUR", Long.MAX_VALUE, "", 10_000L)),
        purchase("g", 18, Map.of("EUR", Long.MAX_VALUE, "QQQ", 5L, "CHF", 0L)),
        purchase("h", 40, Map.of("", 1L, "CHF", 2L, "EUR", 3L, "GBP", 4L, "JPY", 5L, "USD", 6L)));
  }

  private static void ads(Session.Builder builder, AdCounts... ads) {
    builder
        .setAdImpressions(Stream.of(ads).mapToInt(AdCounts::getImpressions).sum())
        .setAdClicks(Stream.of(ads).mapToInt(AdCounts::getClicks).sum())
        .setMatchedClicks(Stream.of(ads).mapToInt(AdCounts::getMatchedClicks).sum())
        .setAds(List.of(ads));
  }

  /** Fills silver as lake-sink does. */
  private static void silver(Lake lake, List<Session> sessions, int rows) {
    TestSink factory = lake.factory(Clock.systemUTC());
    sessions.forEach(each -> lake.produce(lake.topics().sessions(), 0, bytes(each)));
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == rows, loop);
    loop.close();
    PlainGold.create(lake);
  }

  private static void both(Lake lake, List<Session> sessions) {
    silver(lake, sessions, sessions.size());
    PlainGold.of(UTC, sessions).insert(lake);
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, with(new String[] {"reconcile"}, arguments));
  }

  @Test
  void daysThatSilverDropped_areLeftOut(Lake lake) {
    var sessions = new ArrayList<>(usual());
    silver(lake, sessions, sessions.size());
    sessions.add(visit("dropped", -24 * 60, _ -> {}));
    PlainGold.of(UTC, sessions).insert(lake);
    assertThat(run(lake, 1)).contains("different:");

    Table table = lake.table(LakeTables.SESSIONS);
    KeptFrom.raise(table, Instant.ofEpochMilli(start).truncatedTo(ChronoUnit.DAYS));
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
  void sameSessions_areEqual(Lake lake) {
    both(lake, usual());

    assertThat(run(lake, 0))
        .containsPattern(
            "^\\d+ cells of 8 sessions are equal \\(silver snapshots \\d+ of sessions and -1 of events, gold at .*Z, days of UTC\\)");
  }

  @Test
  void results_areWrittenDown_andAReaderMayCompareWithoutIt(Lake lake) {
    both(lake, usual());
    String cells = run(lake, 0).split(" ", -1)[0];
    lake.change("UPDATE gold.cells SET purchases = purchases + 1 WHERE partition = 0 AND " + CELL);
    run(lake, 1, "--from", "2020-01-01", "--to", "2100-01-01");

    assertThat(
            lake.gold(
                "SELECT string_agg(concat_ws(' ', subject, side, from_time::date, to_time::date,"
                    + " compared, different, moving, is_cut, snapshot_id IS NOT NULL), '; '"
                    + " ORDER BY reconciliation_id) FROM gold.reconciliations"))
        .isEqualTo(
            "all gold %1$s 0 0 f t; all gold 2020-01-01 2100-01-01 %1$s 1 0 f t".formatted(cells));

    lake.change("ALTER TABLE gold.reconciliations RENAME TO elsewhere");
    assertThat(run(lake, 1))
        .contains("The result is not in gold.reconciliations: ", "are different");
  }

  @Test
  void wrongMissingAndSurplusFigures_areTold_withTheirDifference(Lake lake) {
    both(lake, usual());
    lake.change("UPDATE gold.cells SET purchases = purchases + 1 WHERE partition = 0 AND " + CELL);
    lake.change("DELETE FROM gold.cells WHERE dimension = 'campaign' AND value = 'spring'");
    lake.change(
        "INSERT INTO gold.cells SELECT 'x', 1, subject, grain, bucket_start, is_bot, 'city', 'Atlantis'"
            + " , 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{\"EUR\": 0.5}',"
            + " '{}', '{}', 'epoch'"
            + " FROM gold.cells WHERE subject = 'sessions' AND grain = 'day' AND dimension = '' LIMIT 1");
    lake.change(
        "UPDATE gold.cells SET revenue = jsonb_set(revenue, '{EUR}', '1') WHERE "
            + "grain = '15m' AND dimension = '' AND revenue ? 'GBP' AND revenue ? 'EUR'"
            + " AND NOT revenue ? 'CHF'");

    String told = run(lake, 1);

    String day = Instant.ofEpochMilli(start).toString().substring(0, 10);
    assertThat(told)
        .contains("different:")
        .containsPattern(
            "day +\\| "
                + day
                + " +\\| people \\| country +\\| DE +\\| purchases +\\| +4 \\| +5 \\| +1\n")
        .containsPattern("campaign +\\| spring +\\| sessions +\\| +1 \\| +0 \\| +-1\n")
        .containsPattern("city +\\| Atlantis +\\| sessions +\\| +0 \\| +7 \\| +7\n")
        .containsPattern("city +\\| Atlantis +\\| revenue EUR +\\| +0 \\| +0\\.5 \\| +0\\.5\n")
        .containsPattern("15m .*\\(total\\) .*revenue EUR")
        .doesNotContain("moving:", "browser")
        .containsPattern("\nof \\d+ cells of 8 sessions 5 are different and 0 are moving ");
  }

  @Test
  void retractedSessionAndCellOfZeros_areNothing(Lake lake) {
    List<Session> sessions = usual();
    var all = new ArrayList<>(sessions);
    all.add(visit("gone", 3, builder -> builder.setCountry("XX")));
    all.add(retraction("gone", 1));
    silver(lake, all, sessions.size());
    PlainGold.of(UTC, sessions).insert(lake);
    PlainGold.of(UTC, List.of(visit("gone", 3, builder -> builder.setCountry("XX"))))
        .insertZeros(lake);

    assertThat(run(lake, 0)).contains("cells of 8 sessions are equal");
  }

  @Test
  void hostileValues_areEqual(Lake lake) {
    both(
        lake,
        List.of(
            visit("a", 0, builder -> builder.setCity("it's \"quoted\"; DROP TABLE gold.cells --")),
            visit("b", 0, builder -> builder.setCity("\uFFFD")),
            visit("c", 0, builder -> builder.setCity("\0")),
            visit("d", 0, builder -> builder.setCity("\uD83D\uDE00")),
            visit("e", 0, builder -> builder.setEntryPage("é".repeat(300))),
            visit("f", 0, builder -> builder.setEntryPage("€".repeat(170) + "!!x")),
            visit("g", 0, builder -> builder.setEntryPage("x" + "\uD83D\uDE00".repeat(300))),
            visit("h", 0, builder -> builder.setExitPage("\0".repeat(200))),
            visit("i", 0, builder -> builder.setExitPage("\0".repeat(171))),
            visit("j", 0, builder -> builder.setCampaignName("(all)")),
            visit("k", 0, builder -> builder.setCampaignName("a\nb\tc\\d|e")),
            visit("l", 0, builder -> builder.setCampaignName(" ")),
            visit("m", 0, builder -> builder.setCampaignName(""))));

    assertThat(run(lake, 0)).contains("cells of 13 sessions are equal");
  }

  @Test
  void foldedValues_areComparedAsOne(Lake lake) {
    both(lake, usual());
    lake.change(
        "UPDATE gold.cells SET value = '(other)' WHERE dimension = 'country' AND value = 'FR'");

    assertThat(run(lake, 0))
        .contains("In 2 places gold has (other)", "cells of 8 sessions are equal");

    lake.change(
        "UPDATE gold.cells SET events = events + 1 WHERE subject = 'sessions' AND value = '(other)'");
    assertThat(run(lake, 1)).containsPattern("country +\\| \\(all\\) +\\| events ");
  }

  @Test
  void ads_areComparedByAd(Lake lake) {
    both(
        lake,
        List.of(
            visit("a", 1, builder -> ads(builder, new AdCounts("a1", 3, 2, 1))),
            visit(
                "b",
                2,
                builder -> {
                  ads(builder, new AdCounts("a1", 1, 0, 0));
                  builder
                      .setAdPositions(List.of(new AdPlaceCounts("top", 1, 0, 0)))
                      .setAdPages(List.of(new AdPlaceCounts("shop.example/", 1, 0, 0)));
                }),
            visit("c", 16, builder -> ads(builder, new AdCounts("", 1, 0, 0))),
            visit(
                "d",
                17,
                builder ->
                    ads(builder, new AdCounts("a1", 1, 1, 1), new AdCounts("a2", 2, 2, 2)))));
    assertThat(run(lake, 0)).contains("cells of 4 sessions are equal");

    lake.change("UPDATE gold.cells SET value = '(other)' WHERE dimension = 'ad' AND value = 'a2'");
    assertThat(run(lake, 0)).contains("In 2 places gold has (other)");

    lake.change(
        "UPDATE gold.cells SET matched_clicks = 7 WHERE dimension = 'ad' AND value = '(other)'");
    lake.change("UPDATE gold.cells SET ad_clicks = 7 WHERE dimension IN ('page', 'position')");
    assertThat(run(lake, 1))
        .containsPattern("ad +\\| \\(all\\) +\\| matched_clicks ")
        .containsPattern("page +\\| shop.example/ +\\| ad_clicks ")
        .containsPattern("position +\\| top +\\| ad_clicks ");
  }

  @Test
  void goals_areComparedByGoal(Lake lake) {
    both(
        lake,
        List.of(
            visit("a", 1, builder -> goals(builder, goal("seen", 3, Map.of()))),
            visit("b", 2, builder -> goals(builder, goal("seen", 1, Map.of("QQQ", 7L)))),
            visit("c", 3, _ -> {}),
            visit("d", 16, builder -> goals(builder, goal("bought", 1, Map.of("EUR", 5L)))),
            visit(
                "e",
                17,
                builder ->
                    goals(
                        builder.setIsBot(true),
                        goal("bought", 2, Map.of("EUR", Long.MAX_VALUE, "CHF", 1L, "(other)", 2L)),
                        goal("seen", 1, Map.of("EUR", Long.MAX_VALUE))))));
    assertThat(run(lake, 0)).contains("cells of 5 sessions are equal");

    lake.change(
        "UPDATE gold.cells SET value = '(other)' WHERE dimension = 'goal' AND value = 'seen'");
    assertThat(run(lake, 0)).contains("places gold has (other)");

    lake.change(
        "UPDATE gold.cells SET goal_sessions = 7, goal_value = '{\"USD\": 1}'"
            + " WHERE dimension = 'goal' AND value = 'bought' AND NOT is_bot");
    assertThat(run(lake, 1))
        .containsPattern("goal +\\| bought +\\| goal_sessions ")
        .containsPattern("goal +\\| bought +\\| goal_value USD ");
  }

  private static GoalCounts goal(String name, int events, Map<String, Long> value) {
    return new GoalCounts(name, events, value);
  }

  private static void goals(Session.Builder builder, GoalCounts... goals) {
    builder.setGoals(List.of(goals));
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
  void movingFigures_areNeitherEqualNorDifferent(Lake lake) throws Exception {
    both(lake, usual());
    lake.change("UPDATE gold.cells SET events = events + 1 WHERE partition = 0 AND " + CELL);
    Executor later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    var end = new CompletableFuture<Void>();
    move(lake, later, end);

    String told = run(lake, 2, "--wait", "3s");
    end.complete(null);

    assertThat(told)
        .contains("moving:", "0 are different and 1 are moving")
        .containsPattern("country +\\| DE +\\| events ")
        .doesNotContain("different:");
  }

  private static void move(Lake lake, Executor later, CompletableFuture<Void> end) {
    later.execute(() -> {
      if (!end.isDone()) {
        lake.change("UPDATE gold.cells SET events = events + 1 WHERE " + CELL);
        move(lake, later, end);
      }
    });
  }

  @Test
  void goldThatFollows_isEqualInTheEnd(Lake lake) {
    both(lake, usual());
    lake.change("UPDATE gold.cells SET sessions = sessions + 1 WHERE partition = 0 AND " + CELL);
    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
        .execute(() ->
            lake.change(
                "UPDATE gold.cells SET sessions = sessions - 1 WHERE partition = 0 AND " + CELL));

    assertThat(run(lake, 0)).contains("are equal");
  }

  /** The answer of stream-app to any question: one session of people per day and country. */
  private HttpServer rest(AtomicReference<String> sessions) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/metrics/",
        exchange -> {
          String question = exchange.getRequestURI().toString();
          boolean isCounted = question.contains("/sessions?") && question.contains("bots=exclude");
          String day = Instant.ofEpochMilli(start).toString().substring(0, 10);
          byte[] answer =
              ("{\"complete\": true, \"rows\": [{\"start\": \"%sT00:00:00Z\", \"group\": \"%s\","
                      + " \"value\": %s}]}")
                  .formatted(
                      day,
                      question.contains("by=country") ? "DE" : "",
                      isCounted ? sessions.get() : "0")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
    return server;
  }

  @Test
  void answersOverHttp_areComparedWithSilver(Lake lake) throws IOException {
    both(lake, List.of(visit("a", 0, _ -> {})));
    var sessions = new AtomicReference<>("1");
    HttpServer server = rest(sessions);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();

    assertThat(run(lake, 0, "--url", url))
        .containsPattern("cells of 1 sessions are equal .*gold at")
        .containsPattern("2 cells of 1 sessions are equal .*REST at");

    sessions.set("2");
    assertThat(run(lake, 1, "--url", url))
        .containsPattern("\\(total\\) +\\| +\\| sessions \\| +1 \\| +2 \\| +1\n")
        .containsPattern("country +\\| DE +\\| sessions \\| +1 \\| +2 \\| +1\n")
        .contains("of 2 cells of 1 sessions 2 are different");

    server.stop(0);
    assertThat(run(lake, 2, "--url", url)).contains("stream-app at " + url + " does not answer");
  }

  @Test
  void emptyLakeAndEmptyGold_areEqual(Lake lake) {
    silver(lake, List.of(), 0);

    assertThat(run(lake, 0)).startsWith("0 cells of 0 sessions are equal (silver snapshots -1");
  }

  @Test
  void missingParts_areOneLine(Lake lake) {
    PlainGold.create(lake);
    lake.change("CREATE VIEW gold.erased AS SELECT 1 AS one");
    lake.change("CREATE VIEW gold.kept AS SELECT '-infinity'::timestamptz AS quarters_from");
    assertThat(run(lake, 2).lines()).singleElement().asString().contains("no tables yet");
    lake.change("DROP TABLE gold.cells");
    lake.change("DROP VIEW gold.erased, gold.kept");
    lake.factory(Clock.systemUTC());
    lake.change("DROP VIEW IF EXISTS gold.cells CASCADE");
    assertThat(run(lake, 2).lines()).singleElement().asString().contains("has no gold.cells or");
    assertThat(run(lake, 2, "--from", "1h", "--to", "2h")).contains("--from is not before --to");
    assertThat(run(lake, 2, "--wait", "soon")).contains("--wait soon is not a duration");
    lake.set("WEIR_SITE_TIME_ZONE", "Europe/Bärlin");
    assertThat(run(lake, 2)).contains("WEIR_SITE_TIME_ZONE=Europe/Bärlin is not a time zone");
    lake.set("WEIR_SITE_TIME_ZONE", "UTC");
    lake.database().shut();
    assertThat(run(lake, 2).lines()).singleElement().asString().contains("does not answer");
  }

  private static Session at(String key, String time) {
    return session(
        key,
        0,
        builder -> builder.setStartTime(Instant.parse(time).toEpochMilli()).setIsBounce(true));
  }
}
