package io.weir.tools.alert;

import static io.weir.tools.alert.RunAlerts.BEGIN;
import static io.weir.tools.alert.RunAlerts.FEW;
import static io.weir.tools.alert.RunAlerts.cell;
import static io.weir.tools.alert.RunAlerts.reach;
import static io.weir.tools.alert.RunAlerts.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a rule would have said, over cells of gold in a real PostgreSQL. */
@ExtendWith(Servers.class)
class RehearsalIT {
  private final RunAlerts alerts;

  RehearsalIT() throws IOException {
    alerts = new RunAlerts();
  }

  @AfterEach
  void close() {
    alerts.close();
  }

  @Test
  void ruleWithoutSessions_saysNothingOfThem(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String rule = rule("few", "events", "1h", "'below': 10");
    reach(lake, "2026-03-10T12:30:00Z");
    alerts.pass(lake, BEGIN, rule);
    reach(lake, "2026-03-10T14:15:00Z");
    alerts.pass(lake, "2026-03-10T13:00:00Z", rule);

    assertThat(alerts.receiver.bodies()).singleElement().asString().doesNotContain("sessions");
    alerts.clock.advance(Duration.ofHours(1));
    assertThat(alerts.rehearse(lake, "2026-03-10T11:00:00Z", rule))
        .contains("2026-03-10T11:00:00Z  value 0\n")
        .doesNotContain("sessions");
  }

  @Test
  void emptyHistory_firesNothing(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.pass(lake, BEGIN, FEW);
    alerts.pass(lake, "2026-03-11T12:30:00Z", FEW);

    assertThat(alerts.receiver.calls()).isEmpty();
    assertThat(alerts.rehearse(lake, "2026-03-01T00:00:00Z", FEW))
        .contains("gold has no history yet");
  }

  @Test
  void rehearsal_saysWhenTheRuleWouldHaveFired(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.clock.advance(Duration.ofHours(2));

    assertThat(alerts.rehearse(lake, "2026-03-10T10:59:00Z", FEW))
        .isEqualTo(
            """
            few: sessions below 10
            2 windows from 2026-03-10T11:00:00Z to 2026-03-10T13:00:00Z
            would have fired 1 time:
            2026-03-10T11:00:00Z  value 5  sessions 5
            """);
    assertThat(alerts.rehearse(lake, "2026-03-10T12:00:00Z", FEW)).contains("would not have fired");
    assertThat(alerts.rehearse(lake, "2026-03-10T14:00:00Z", FEW)).contains("no window has ended");
    assertThatThrownBy(() -> alerts.rehearse(lake, "2026-01-01T00:00:00Z", FEW))
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
    alerts.clock.advance(Duration.ofHours(2));
    String of = "'dimension': 'country', 'value': 'DE', 'falls_by': ";

    assertThat(
            alerts.rehearse(
                lake, "2026-03-10T10:00:00Z", rule("x", "conversion_rate", "1h", of + 0.8)))
        .endsWith("1 time:\n2026-03-10T12:00:00Z  value 0.1  against 0.5  sessions 20\n");
    assertThat(
            alerts.rehearse(
                lake, "2026-03-10T10:00:00Z", rule("x", "conversion_rate", "1h", of + 0.81)))
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

    assertThat(alerts.rehearse(lake, "2026-03-08T00:00:00Z", rule("x", "searches", "1d", of)))
        .startsWith("x: searches of search_term shoes above 6\n2 windows")
        .endsWith("1 time:\n2026-03-08T00:00:00Z  value 7\n");
    assertThat(
            alerts.rehearse(
                lake, "2026-03-08T00:00:00Z", rule("x", "searches", "1d", "'above': 39")))
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
      assertThat(
              alerts.rehearse(lake, "2026-03-08T00:00:00Z", rule("x", metric.name(), "1d", more)))
          .as(metric.name())
          .contains("2 windows from 2026-03-08T00:00:00Z", "would not have fired");
    }
  }
}
