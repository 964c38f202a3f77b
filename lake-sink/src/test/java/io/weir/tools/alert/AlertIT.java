package io.weir.tools.alert;

import static io.weir.tools.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules over cells of gold in a real PostgreSQL, with a real receiver. */
@ExtendWith(Servers.class)
class AlertIT {
  private static final String BEGIN = "2026-03-10T12:30:00Z";
  private static final String FEW = rule("few", "sessions", "1h", "'below': 10");
  private static final String FIRED = "200 few/2026-03-10T11:00:00Z/1";

  private final ManualClock clock = new ManualClock(Instant.parse(BEGIN));
  private final Receiver receiver;

  AlertIT() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static String rule(String name, String metric, String window, String more) {
    return "{'name': '%s', 'metric': '%s', 'window': '%s', %s}"
        .formatted(name, metric, window, more)
        .replace('\'', '"');
  }

  /**
   * A cell for people; a later call with the same place replaces it. A place is a subject, a grain,
   * a time, and if need be dimension, value and partition.
   */
  private static void cell(Lake lake, String place, String written, int sessions, int purchases) {
    String[] of = place.split(" ", -1);
    lake.change(
        """
        INSERT INTO gold.cell_versions AS had VALUES (
          '%1$s', 1, false, '%2$s', '%3$s', '%4$s', '%5$s', false, '%6$s', '%7$s', %10$s,
          %8$d, %9$d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, %9$d, 0, 0, 0,
          '{}', NULL, NULL, '%5$s')
        ON CONFLICT (cell_key) DO UPDATE SET sessions = EXCLUDED.sessions,
          purchases = EXCLUDED.purchases, converted_sessions = EXCLUDED.converted_sessions,
          updated_at = EXCLUDED.updated_at, settled_until = EXCLUDED.settled_until
        """
            .formatted(
                place,
                written,
                of[0],
                of[1],
                of[2],
                of.length > 3 ? of[3] : "",
                of.length > 4 ? of[4] : "",
                sessions,
                purchases,
                of.length > 5 ? of[5] : "0"));
  }

  private static void sessions(Lake lake, String bucket, int sessions) {
    cell(lake, "sessions 15m " + bucket, BEGIN, sessions, 1);
  }

  /** Gold with events up to a time. */
  private static void reach(Lake lake, String bucket) {
    cell(lake, "events day 2026-03-01T00:00:00Z", BEGIN, 0, 0);
    cell(lake, "events 15m " + bucket, BEGIN, 0, 0);
    progress(lake, "2026-03-08T00:00:00Z", BEGIN);
  }

  private static void progress(Lake lake, String settledUntil, String written) {
    cell(lake, "progress day 1970-01-01T00:00:00Z", written, 0, 0);
    lake.change(
        "UPDATE gold.cell_versions SET value = 'UTC', settled_until = '%s' WHERE subject = 'progress'"
            .formatted(settledUntil));
  }

  private void pass(Lake lake, String time, String... rules) throws SQLException {
    clock.advance(Duration.between(clock.instant(), Instant.parse(time)));
    try (var webhook = new Webhook(receiver.url(), Receiver.SECRET, clock)) {
      new AlertRunner(lake.postgres(), Duration.ofDays(35), rules(rules), webhook, clock)
          .pass(new Stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<AlertRule> rules(String... rules) {
    return RuleFile.parse("test", "{\"alerts\": [" + String.join(", ", rules) + "]}");
  }

  private String rehearse(Lake lake, String since, String rule) throws SQLException {
    var text = new StringWriter();
    try (var connection = lake.postgres().connect()) {
      new Rehearsal(connection, Duration.ofDays(35), clock)
          .print(rules(rule).getFirst(), Instant.parse(since), new PrintWriter(text, true));
    }
    return text.toString();
  }

  /** The rule has run since 12:30, and the window of 11 o'clock has five sessions. */
  private void fiveSessions(Lake lake) throws SQLException {
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, BEGIN, FEW);
    sessions(lake, "2026-03-10T11:45:00Z", 5);
    sessions(lake, "2026-03-10T12:00:00Z", 10);
    reach(lake, "2026-03-10T14:15:00Z");
  }

  @Test
  void window_firesOnce_whenItsDelayIsOver(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);

    pass(lake, "2026-03-10T12:59:59Z", FEW);
    assertThat(receiver.calls()).isEmpty();
    pass(lake, "2026-03-10T13:00:00Z", FEW);
    assertThat(receiver.calls()).containsExactly(FIRED);
    assertThat(receiver.bodies().getFirst())
        .contains(
            "\"kind\":\"fired\"",
            "\"condition\":\"sessions below 10\"",
            "\"window_end\":\"2026-03-10T12:00:00Z\"",
            "\"value\":\"5\"");
    pass(lake, "2026-03-10T13:00:30Z", FEW);
    pass(lake, "2026-03-10T14:10:00Z", FEW);
    assertThat(receiver.calls()).as("ten is not below ten").containsExactly(FIRED);
  }

  @Test
  void goldThatIsBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    reach(lake, "2026-03-10T11:45:00Z");
    pass(lake, BEGIN, FEW);

    pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(receiver.calls()).isEmpty();
    progress(lake, "2026-03-08T00:00:00Z", "2026-03-10T13:05:00Z");
    pass(lake, "2026-03-10T20:00:01Z", FEW);
    assertThat(receiver.calls()).as("silence: gold follows the clock").containsExactly(FIRED);
  }

  @Test
  void partitionThatIsBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String progress = "progress day 1970-01-01T00:00:00Z   1";
    cell(lake, "events day 2026-03-01T00:00:00Z   1", BEGIN, 0, 0);
    cell(lake, "events 15m 2026-03-10T11:45:00Z   1", BEGIN, 0, 0);
    cell(lake, progress, BEGIN, 0, 0);
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, BEGIN, FEW);

    reach(lake, "2026-03-10T14:15:00Z");
    pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(receiver.calls()).isEmpty();
    cell(lake, progress, "2026-03-10T13:05:00Z", 0, 0);
    pass(lake, "2026-03-10T20:00:01Z", FEW);
    assertThat(receiver.calls()).as("silence of the partition").containsExactly(FIRED);
  }

  @Test
  void partitionThatIsDaysBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    cell(lake, "events day 2026-03-01T00:00:00Z   1", BEGIN, 0, 0);
    cell(lake, "events 15m 2026-03-05T11:45:00Z   1", BEGIN, 0, 0);
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, BEGIN, FEW);

    reach(lake, "2026-03-10T14:15:00Z");
    pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void receiverThatIsDown_hasTheCallLater(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    receiver.answer(503);

    pass(lake, "2026-03-10T13:00:00Z", FEW);
    pass(lake, "2026-03-10T13:00:00.900Z", FEW);
    pass(lake, "2026-03-10T13:00:01Z", FEW);
    receiver.answer(204);
    pass(lake, "2026-03-10T13:00:02Z", FEW);
    pass(lake, "2026-03-10T13:00:03Z", FEW);
    pass(lake, "2026-03-10T13:30:00Z", FEW);

    assertThat(receiver.calls())
        .containsExactly(
            FIRED.replace("200", "503"), FIRED.replace("200", "503"), FIRED.replace("200", "204"));
    assertThat(receiver.bodies()).containsOnly(receiver.bodies().getFirst());
  }

  @Test
  void ruleWithoutSessions_saysNothingOfThem(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String rule = rule("few", "events", "1h", "'below': 10");
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, BEGIN, rule);
    reach(lake, "2026-03-10T14:15:00Z");
    pass(lake, "2026-03-10T13:00:00Z", rule);

    assertThat(receiver.bodies()).singleElement().asString().doesNotContain("sessions");
    clock.advance(Duration.ofHours(1));
    assertThat(rehearse(lake, "2026-03-10T11:00:00Z", rule))
        .contains("2026-03-10T11:00:00Z  value 0\n")
        .doesNotContain("sessions");
  }

  @Test
  void receiverThatIsSlowToFail_isTriedOnceInAPass(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    receiver.answer(503);
    receiver.onCall(() -> clock.advance(Duration.ofSeconds(10)));

    pass(lake, "2026-03-10T13:00:00Z", FEW);

    assertThat(receiver.calls()).containsExactly(FIRED.replace("200", "503"));
  }

  @Test
  void databaseLostBetweenCallAndMark_repeatsTheKey(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    receiver.onCall(() -> lake.database().shut());

    assertThatThrownBy(() -> pass(lake, "2026-03-10T13:00:00Z", FEW))
        .isInstanceOf(SQLException.class);
    receiver.onCall(() -> {});
    lake.database().reopen();
    pass(lake, "2026-03-10T13:00:10Z", FEW);
    pass(lake, "2026-03-10T13:10:00Z", FEW);

    assertThat(receiver.calls()).containsExactly(FIRED, FIRED);
  }

  @Test
  void revision_withdrawsAndFiresAgain_untilGoldIsFinal(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    pass(lake, "2026-03-10T13:00:00Z", FEW);

    sessions(lake, "2026-03-10T11:00:00Z", 20);
    pass(lake, "2026-03-10T13:10:00Z", FEW);
    pass(lake, "2026-03-10T13:11:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 0);
    pass(lake, "2026-03-10T13:20:00Z", FEW);
    progress(lake, "2026-03-10T12:00:00Z", BEGIN);
    pass(lake, "2026-03-10T13:30:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 20);
    pass(lake, "2026-03-10T13:40:00Z", FEW);

    assertThat(receiver.calls())
        .containsExactly(FIRED, FIRED.replace("Z/1", "Z/2"), FIRED.replace("Z/1", "Z/3"));
    assertThat(receiver.bodies().get(1)).contains("\"kind\":\"withdrawn\"", "\"value\":\"25\"");
  }

  @Test
  void callsOfAWindow_keepTheirOrder(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    receiver.answer(500);
    pass(lake, "2026-03-10T13:00:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 20);
    pass(lake, "2026-03-10T13:00:00.500Z", FEW);
    receiver.answer(200);
    pass(lake, "2026-03-10T13:00:01Z", FEW);

    assertThat(receiver.calls())
        .containsExactly(FIRED.replace("200", "500"), FIRED, FIRED.replace("Z/1", "Z/2"));
  }

  @Test
  void changedRule_beginsAnew(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    pass(lake, "2026-03-10T13:00:00Z", FEW);
    String changed = rule("few", "sessions", "1h", "'below': 1");

    pass(lake, "2026-03-10T13:05:00Z", changed);
    pass(lake, "2026-03-10T14:05:00Z", changed);

    assertThat(receiver.calls()).containsExactly(FIRED);
  }

  /** The rule with windows of an hour has fired at 12, and is then changed to two hours. */
  private String twoHours(Lake lake) throws SQLException {
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, "2026-03-10T13:30:00Z", FEW);
    reach(lake, "2026-03-10T16:00:00Z");
    pass(lake, "2026-03-10T14:00:00Z", FEW);
    assertThat(receiver.calls()).containsExactly(FIRED.replace("T11", "T12"));
    return rule("few", "sessions", "2h", "'below': 10");
  }

  @Test
  void longerWindow_firesForItself(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String changed = twoHours(lake);

    pass(lake, "2026-03-10T14:01:00Z", changed);
    pass(lake, "2026-03-10T15:00:00Z", changed);

    assertThat(receiver.calls()).hasSize(2).last().isEqualTo("200 few/2026-03-10T12:00:00Z/2");
    assertThat(receiver.bodies().getLast())
        .contains("\"kind\":\"fired\"", "\"window_end\":\"2026-03-10T14:00:00Z\"");
  }

  @Test
  void longerWindow_doesNotWithdrawAShorterOne(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String changed = twoHours(lake);
    sessions(lake, "2026-03-10T13:00:00Z", 20);

    pass(lake, "2026-03-10T14:01:00Z", changed);
    pass(lake, "2026-03-10T15:00:00Z", changed);

    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void emptyHistory_firesNothing(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    pass(lake, BEGIN, FEW);
    pass(lake, "2026-03-11T12:30:00Z", FEW);

    assertThat(receiver.calls()).isEmpty();
    assertThat(rehearse(lake, "2026-03-01T00:00:00Z", FEW)).contains("gold has no history yet");
  }

  @Test
  void rehearsal_saysWhenTheRuleWouldHaveFired(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    fiveSessions(lake);
    clock.advance(Duration.ofHours(2));

    assertThat(rehearse(lake, "2026-03-10T10:59:00Z", FEW))
        .isEqualTo(
            """
            few: sessions below 10
            2 windows from 2026-03-10T11:00:00Z to 2026-03-10T13:00:00Z
            would have fired 1 time:
            2026-03-10T11:00:00Z  value 5  sessions 5
            """);
    assertThat(rehearse(lake, "2026-03-10T12:00:00Z", FEW)).contains("would not have fired");
    assertThat(rehearse(lake, "2026-03-10T14:00:00Z", FEW)).contains("no window has ended");
    assertThatThrownBy(() -> rehearse(lake, "2026-01-01T00:00:00Z", FEW))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("keeps 15 minutes for 35 days");
  }

  @Test
  void ratioOfAPart_isComparedWithAWeekBefore(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    reach(lake, "2026-03-10T14:15:00Z");
    cell(lake, "sessions 15m 2026-03-03T12:30:00Z country DE", BEGIN, 10, 5);
    cell(lake, "sessions 15m 2026-03-10T12:00:00Z country DE", BEGIN, 10, 1);
    cell(lake, "sessions 15m 2026-03-10T12:15:00Z country DE", BEGIN, 10, 1);
    cell(lake, "sessions 15m 2026-03-10T12:15:00Z country FR", BEGIN, 10, 10);
    clock.advance(Duration.ofHours(2));
    String of = "'dimension': 'country', 'value': 'DE', 'falls_by': ";

    assertThat(rehearse(lake, "2026-03-10T10:00:00Z", rule("x", "conversion_rate", "1h", of + 0.8)))
        .endsWith("1 time:\n2026-03-10T12:00:00Z  value 0.1  against 0.5  sessions 20\n");
    assertThat(
            rehearse(lake, "2026-03-10T10:00:00Z", rule("x", "conversion_rate", "1h", of + 0.81)))
        .endsWith("would not have fired\n");
  }

  @Test
  void termOfASearch_isCountedByEvents(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    reach(lake, "2026-03-10T14:15:00Z");
    cell(lake, "events day 2026-03-08T00:00:00Z search_term shoes", BEGIN, 0, 0);
    cell(lake, "sessions day 2026-03-08T00:00:00Z", BEGIN, 40, 1);
    lake.change(
        "UPDATE gold.cell_versions SET searches = CASE subject WHEN 'events' THEN 7 ELSE 40 END"
            + " WHERE bucket_start = '2026-03-08T00:00:00Z'");
    String of = "'dimension': 'search_term', 'value': 'shoes', 'above': 6";

    assertThat(rehearse(lake, "2026-03-08T00:00:00Z", rule("x", "searches", "1d", of)))
        .startsWith("x: searches of search_term shoes above 6\n2 windows")
        .endsWith("1 time:\n2026-03-08T00:00:00Z  value 7\n");
    assertThat(rehearse(lake, "2026-03-08T00:00:00Z", rule("x", "searches", "1d", "'above': 39")))
        .endsWith("1 time:\n2026-03-08T00:00:00Z  value 40  sessions 40\n");
  }

  @Test
  void everyMetric_canBeAsked(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    reach(lake, "2026-03-10T14:15:00Z");
    for (AlertMetric metric : AlertMetric.known()) {
      String more =
          (metric.needsDimension() ? "'dimension': 'category', 'value': 'x', " : "")
              + (metric.isMoney() ? "'currency': 'EUR', " : "")
              + "'above': 5";
      assertThat(rehearse(lake, "2026-03-08T00:00:00Z", rule("x", metric.name(), "1d", more)))
          .as(metric.name())
          .contains("2 windows from 2026-03-08T00:00:00Z", "would not have fired");
    }
  }

  @Test
  void command_saysWhatIsWrong(Lake lake, @TempDir Path folder) throws IOException {
    lake.factory(Clock.systemUTC());
    Path file = Files.writeString(folder.resolve("alerts.json"), "{\"alerts\": [" + FEW + "]}");
    String[] once = {"alert", "run", "--once", "--file", file.toString()};

    assertThat(run(lake, 2, "alert", "test", "few", "--file", "none.json"))
        .contains("the file of alerts none.json cannot be read");
    assertThat(run(lake, 2, "alert", "test", "many", "--file", file.toString()))
        .contains("RULE many is none of few");
    assertThat(run(lake, 0, "alert", "test", "few", "--file", file.toString()))
        .contains("no history yet");
    assertThat(run(lake, 2, once)).contains("WEIR_ALERT_URL is no URL");
    lake.set("WEIR_ALERT_URL", receiver.url().toString());
    assertThat(run(lake, 2, once)).contains("WEIR_ALERT_SECRET must have at least 16");
    lake.set("WEIR_ALERT_SECRET", Receiver.SECRET);
    assertThat(run(lake, 0, once)).isEmpty();
    lake.database().shut();
    assertThat(run(lake, 2, "alert", "run", "--file", file.toString()))
        .contains("gold cannot be read");
  }
}
