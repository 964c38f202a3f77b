package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.retraction;
import static io.weir.tools.reconcile.PlainSilver.START;
import static io.weir.tools.reconcile.PlainSilver.UTC;
import static io.weir.tools.reconcile.PlainSilver.both;
import static io.weir.tools.reconcile.PlainSilver.run;
import static io.weir.tools.reconcile.PlainSilver.silver;
import static io.weir.tools.reconcile.PlainSilver.usual;
import static io.weir.tools.reconcile.PlainSilver.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ReconcileIT {
  private static final String CELL =
      "subject = 'sessions' AND grain = 'day' AND dimension = 'country' AND value = 'DE' AND NOT is_bot";

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

    String day = Instant.ofEpochMilli(START).toString().substring(0, 10);
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

  private static void ads(Session.Builder builder, AdCounts... ads) {
    builder
        .setAdImpressions(Stream.of(ads).mapToInt(AdCounts::getImpressions).sum())
        .setAdClicks(Stream.of(ads).mapToInt(AdCounts::getClicks).sum())
        .setMatchedClicks(Stream.of(ads).mapToInt(AdCounts::getMatchedClicks).sum())
        .setAds(List.of(ads));
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
}
