package io.weir.tools.why;

import static io.weir.tools.Commands.run;
import static io.weir.tools.Commands.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code why} over the sessions of a day in Berlin. */
@ExtendWith(Servers.class)
class WhyIT {
  private static final String NOON = "2026-03-01T12:00Z";
  private static final String LATER = "2026-03-01T12:29:59.999Z";
  private static final String MIDNIGHT = "2026-03-01T23:00Z";

  private static void fill(Lake lake) {
    lake.factory(Clock.systemUTC());
    lake.set("WEIR_SITE_TIME_ZONE", "Europe/Berlin");
    for (String start : new String[] {NOON, LATER, MIDNIGHT}) {
      session(lake, "k" + start, 0, false, start, false, 5, 0, "{}");
    }
    session(lake, "gone", 0, false, NOON, false, 3, 0, "{\"EUR\": 1.5000}");
    session(lake, "k" + NOON, 1, false, NOON, false, 7, 1, "{\"EUR\": 2.5000, \"\": 1}");
    session(lake, "k" + LATER, 1, false, LATER, true, 5, 0, "{}");
    session(lake, "k" + MIDNIGHT, 1, false, MIDNIGHT, false, 1, 1, "{}");
    session(lake, "gone", 1, true, NOON, false, 0, 0, "{}");
    lake.change(
        "UPDATE gold.restatements SET restated_at = '2026-03-02T00:00Z'"
            + " WHERE cause <> 'retraction'");
    lake.change(
        "UPDATE gold.restatements SET restated_at = '2026-03-02T06:00Z' WHERE cause = 'retraction'");
  }

  private static void session(Lake lake, Object... values) {
    lake.change(
        """
        INSERT INTO gold.session_revisions AS s (session_key, version, retracted, visitor_id,
          start_time, end_time, is_bot, events, page_views, late_events, revenue_by_currency)
        VALUES ('%s', %d, %s, 'v-%1$s', '%s', '%4$s', %s, 9, %d, %d, '%s')
        ON CONFLICT (session_key) DO UPDATE SET version = excluded.version,
          retracted = excluded.retracted, is_bot = excluded.is_bot, events = excluded.events,
          page_views = excluded.page_views, late_events = excluded.late_events,
          revenue_by_currency = excluded.revenue_by_currency
        """
            .formatted(values));
  }

  /** The causes and changes of the rows. */
  private static String changes(Lake lake, String... arguments) {
    String csv = run(lake, 0, arguments);
    var changes = new StringBuilder();
    csv.lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(cells ->
            changes
                .append(cells[3])
                .append(' ')
                .append(String.join(" ", Arrays.copyOfRange(cells, 6, cells.length)))
                .append(';'));
    return changes.toString();
  }

  @Test
  void changesOfABucket_haveTheirCausesAndTheirSum(Lake lake) {
    fill(lake);
    String[] day = {"why", "page_views", "2026-03-01", "--format", "csv"};

    assertThat(changes(lake, day)).isEqualTo("late_event 2;bot -5;retraction -3;sum -6;");
    assertThat(changes(lake, "why", "page_views", "2026-03-01T13", "--format", "csv"))
        .isEqualTo("late_event 2;bot -5;retraction -3;sum -6;");
    assertThat(changes(lake, "why", "page_views", "2026-03-01T12:15Z", "--format", "csv"))
        .isEqualTo("bot -5;sum -5;");
    assertThat(changes(lake, "why", "page_views", "2026-03-02T00:00", "--format", "csv"))
        .isEqualTo("late_event -4;sum -4;");
    assertThat(changes(lake, with(day, "--since", "2026-03-02T01:00Z")))
        .isEqualTo("retraction -3;sum -3;");
    assertThat(changes(lake, with(day, "--bots", "only"))).isEqualTo("bot 5;sum 5;");
    assertThat(changes(lake, with(day, "--bots", "include")))
        .isEqualTo("late_event 2;bot -5;bot 5;retraction -3;sum -1;");
    assertThat(changes(lake, "why", "searches", "2026-03-01", "--format", "csv"))
        .isEqualTo("sum 0;");
    assertThat(changes(lake, "why", "revenue", "2026-03-01", "--format", "csv"))
        .isEqualTo(
            "late_event 1 ;late_event 2.5000 EUR;retraction -1.5000 EUR;sum 1 ;sum 1.0000 EUR;");
  }

  @Test
  void refunds_areMoneyToo(Lake lake) {
    fill(lake);
    lake.change(
        "UPDATE gold.session_revisions SET version = 2, refunds = 2, matched_clicks = 3,"
            + " refunded = '{\"CHF\": 4.5}' WHERE session_key LIKE '%T12:00Z'");

    assertThat(changes(lake, "why", "refunded", "2026-03-01", "--format", "csv"))
        .isEqualTo("other 4.5 CHF;sum 4.5 CHF;");
    assertThat(changes(lake, "why", "refunds", "2026-03-01", "--format", "csv"))
        .isEqualTo("other 2;sum 2;");
    assertThat(changes(lake, "why", "matched_clicks", "2026-03-01", "--format", "csv"))
        .isEqualTo("other 3;sum 3;");
  }

  @Test
  void formats_haveTheSameRows(Lake lake) {
    fill(lake);
    String[] question = {"why", "sessions", "2026-03-01T12:00Z"};

    assertThat(run(lake, 0, with(question, "--format", "json")))
        .isEqualTo(
            """
            {"restated_at":"2026-03-02T06:00:00.000Z","session_key":"gone","visitor_id":"v-gone",\
            "cause":"retraction","old_revision":0,"new_revision":1,"change":-1}
            {"restated_at":null,"session_key":null,"visitor_id":null,"cause":"sum",\
            "old_revision":null,"new_revision":null,"change":-1}
            """);
    assertThat(run(lake, 0, question).lines().toList())
        .hasSize(5)
        .element(2)
        .asString()
        .matches(
            "2026-03-02T06:00:00.000Z \\| gone +\\| v-gone +\\| retraction +\\| +0 \\| +1 \\| +-1");
  }

  @ParameterizedTest
  @CsvSource({
    "bounces, 2026-03-01, METRIC bounces is none of sessions",
    "conversion_rate, 2026-03-01, is a ratio; ask for converted_sessions or sessions",
    "sessions, 2026-03-01T12:07, no bucket of 15 minutes starts at 2026-03-01T12:07"
  })
  void wrongQuestion_isOneLine(String metric, String bucket, String said, Lake lake) {
    assertThat(run(lake, 2, "why", metric, bucket).lines())
        .singleElement()
        .asString()
        .contains(said);
  }

  @Test
  void databaseThatCannotAnswer_isOneLine(Lake lake) {
    String[] question = {"why", "sessions", "2026-03-01"};
    assertThat(run(lake, 2, question)).contains("start lake-sink of this version once");
    fill(lake);
    lake.change(
        """
        INSERT INTO gold.cell_versions VALUES (
          'p', 1, false, now(), 'progress', 'day', 'epoch', false, '', 'UTC', 0,
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', NULL, NULL, 'epoch')
        """);
    assertThat(run(lake, 2, question)).contains("those of UTC, but WEIR_SITE_TIME_ZONE is Europe");
    assertThat(run(lake, 2, with(question, "--format", "xml"))).contains("none of table, json");
    assertThat(run(lake, 2, with(question, "--bots", "yes"))).contains("none of exclude, only");
    lake.database().shut();
    assertThat(run(lake, 2, question).lines())
        .singleElement()
        .asString()
        .contains("does not answer");
  }
}
