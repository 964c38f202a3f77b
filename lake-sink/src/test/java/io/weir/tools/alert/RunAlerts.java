package io.weir.tools.alert;

import io.weir.process.Stop;
import io.weir.sink.Lake;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A receiver, a clock, and the cells of gold that rules look at. */
final class RunAlerts implements AutoCloseable {
  static final String BEGIN = "2026-03-10T12:30:00Z";
  static final String FEW = rule("few", "sessions", "1h", "'below': 10");
  static final String FIRED = "200 few/2026-03-10T11:00:00Z/1";

  final ManualClock clock = new ManualClock(Instant.parse(BEGIN));
  final Receiver receiver;

  RunAlerts() throws IOException {
    receiver = new Receiver();
  }

  @Override
  public void close() {
    receiver.close();
  }

  static String rule(String name, String metric, String window, String more) {
    return "{'name': '%s', 'metric': '%s', 'window': '%s', %s}"
        .formatted(name, metric, window, more)
        .replace('\'', '"');
  }

  /**
   * A cell for people; a later call with the same place replaces it. A place is a subject, a grain,
   * a time, and if need be dimension, value and partition.
   */
  static void cell(Lake lake, String place, String written, int sessions, int purchases) {
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

  static void sessions(Lake lake, String bucket, int sessions) {
    cell(lake, "sessions 15m " + bucket, BEGIN, sessions, 1);
  }

  /** Gold with events up to a time. */
  static void reach(Lake lake, String bucket) {
    cell(lake, "events day 2026-03-01T00:00:00Z", BEGIN, 0, 0);
    cell(lake, "events 15m " + bucket, BEGIN, 0, 0);
    progress(lake, "2026-03-08T00:00:00Z", BEGIN);
  }

  static void progress(Lake lake, String settledUntil, String written) {
    cell(lake, "progress day 1970-01-01T00:00:00Z", written, 0, 0);
    lake.change(
        "UPDATE gold.cell_versions SET value = 'UTC', settled_until = '%s' WHERE subject = 'progress'"
            .formatted(settledUntil));
  }

  void pass(Lake lake, String time, String... rules) throws SQLException {
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

  String rehearse(Lake lake, String since, String rule) throws SQLException {
    var text = new StringWriter();
    try (var connection = lake.postgres().connect()) {
      new Rehearsal(connection, Duration.ofDays(35), clock)
          .print(rules(rule).getFirst(), Instant.parse(since), new PrintWriter(text, true));
    }
    return text.toString();
  }

  /** The rule has run since 12:30, and the window of 11 o'clock has five sessions. */
  void fiveSessions(Lake lake) throws SQLException {
    reach(lake, "2026-03-10T12:30:00Z");
    pass(lake, BEGIN, FEW);
    sessions(lake, "2026-03-10T11:45:00Z", 5);
    sessions(lake, "2026-03-10T12:00:00Z", 10);
    reach(lake, "2026-03-10T14:15:00Z");
  }
}
