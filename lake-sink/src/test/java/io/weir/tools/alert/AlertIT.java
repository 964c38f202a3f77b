package io.weir.tools.alert;

import static io.weir.tools.Commands.run;
import static io.weir.tools.alert.RunAlerts.BEGIN;
import static io.weir.tools.alert.RunAlerts.FEW;
import static io.weir.tools.alert.RunAlerts.FIRED;
import static io.weir.tools.alert.RunAlerts.cell;
import static io.weir.tools.alert.RunAlerts.progress;
import static io.weir.tools.alert.RunAlerts.reach;
import static io.weir.tools.alert.RunAlerts.rule;
import static io.weir.tools.alert.RunAlerts.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Windows of rules over cells of gold in a real PostgreSQL, with a real receiver. */
@ExtendWith(Servers.class)
class AlertIT {
  private final RunAlerts alerts;

  AlertIT() throws IOException {
    alerts = new RunAlerts();
  }

  @AfterEach
  void close() {
    alerts.close();
  }

  @Test
  void window_firesOnce_whenItsDelayIsOver(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);

    alerts.pass(lake, "2026-03-10T12:59:59Z", FEW);
    assertThat(alerts.receiver.calls()).isEmpty();
    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);
    assertThat(alerts.receiver.calls()).containsExactly(FIRED);
    assertThat(alerts.receiver.bodies().getFirst())
        .contains(
            "\"kind\":\"fired\"",
            "\"condition\":\"sessions below 10\"",
            "\"window_end\":\"2026-03-10T12:00:00Z\"",
            "\"value\":\"5\"");
    alerts.pass(lake, "2026-03-10T13:00:30Z", FEW);
    alerts.pass(lake, "2026-03-10T14:10:00Z", FEW);
    assertThat(alerts.receiver.calls()).as("ten is not below ten").containsExactly(FIRED);
  }

  @Test
  void goldThatIsBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    reach(lake, "2026-03-10T11:45:00Z");
    alerts.pass(lake, BEGIN, FEW);

    alerts.pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(alerts.receiver.calls()).isEmpty();
    progress(lake, "2026-03-08T00:00:00Z", "2026-03-10T13:05:00Z");
    alerts.pass(lake, "2026-03-10T20:00:01Z", FEW);
    assertThat(alerts.receiver.calls())
        .as("silence: gold follows the clock")
        .containsExactly(FIRED);
  }

  @Test
  void partitionThatIsBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String progress = "progress day 1970-01-01T00:00:00Z   1";
    cell(lake, "events day 2026-03-01T00:00:00Z   1", BEGIN, 0, 0);
    cell(lake, "events 15m 2026-03-10T11:45:00Z   1", BEGIN, 0, 0);
    cell(lake, progress, BEGIN, 0, 0);
    reach(lake, "2026-03-10T12:30:00Z");
    alerts.pass(lake, BEGIN, FEW);

    reach(lake, "2026-03-10T14:15:00Z");
    alerts.pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(alerts.receiver.calls()).isEmpty();
    cell(lake, progress, "2026-03-10T13:05:00Z", 0, 0);
    alerts.pass(lake, "2026-03-10T20:00:01Z", FEW);
    assertThat(alerts.receiver.calls()).as("silence of the partition").containsExactly(FIRED);
  }

  @Test
  void partitionThatIsDaysBehind_isWaitedFor(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    cell(lake, "events day 2026-03-01T00:00:00Z   1", BEGIN, 0, 0);
    cell(lake, "events 15m 2026-03-05T11:45:00Z   1", BEGIN, 0, 0);
    reach(lake, "2026-03-10T12:30:00Z");
    alerts.pass(lake, BEGIN, FEW);

    reach(lake, "2026-03-10T14:15:00Z");
    alerts.pass(lake, "2026-03-10T20:00:00Z", FEW);
    assertThat(alerts.receiver.calls()).isEmpty();
  }

  @Test
  void changedRule_beginsAnew(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);
    String changed = rule("few", "sessions", "1h", "'below': 1");

    alerts.pass(lake, "2026-03-10T13:05:00Z", changed);
    alerts.pass(lake, "2026-03-10T14:05:00Z", changed);

    assertThat(alerts.receiver.calls()).containsExactly(FIRED);
  }

  /** The rule with windows of an hour has fired at 12, and is then changed to two hours. */
  private String twoHours(Lake lake) throws SQLException {
    reach(lake, "2026-03-10T12:30:00Z");
    alerts.pass(lake, "2026-03-10T13:30:00Z", FEW);
    reach(lake, "2026-03-10T16:00:00Z");
    alerts.pass(lake, "2026-03-10T14:00:00Z", FEW);
    assertThat(alerts.receiver.calls()).containsExactly(FIRED.replace("T11", "T12"));
    return rule("few", "sessions", "2h", "'below': 10");
  }

  @Test
  void longerWindow_firesForItself(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String changed = twoHours(lake);

    alerts.pass(lake, "2026-03-10T14:01:00Z", changed);
    alerts.pass(lake, "2026-03-10T15:00:00Z", changed);

    assertThat(alerts.receiver.calls())
        .hasSize(2)
        .last()
        .isEqualTo("200 few/2026-03-10T12:00:00Z/2");
    assertThat(alerts.receiver.bodies().getLast())
        .contains("\"kind\":\"fired\"", "\"window_end\":\"2026-03-10T14:00:00Z\"");
  }

  @Test
  void longerWindow_doesNotWithdrawAShorterOne(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    String changed = twoHours(lake);
    sessions(lake, "2026-03-10T13:00:00Z", 20);

    alerts.pass(lake, "2026-03-10T14:01:00Z", changed);
    alerts.pass(lake, "2026-03-10T15:00:00Z", changed);

    assertThat(alerts.receiver.calls()).hasSize(1);
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
    lake.set("WEIR_ALERT_URL", alerts.receiver.url().toString());
    assertThat(run(lake, 2, once)).contains("WEIR_ALERT_SECRET must have at least 16");
    lake.set("WEIR_ALERT_SECRET", Receiver.SECRET);
    assertThat(run(lake, 0, once)).isEmpty();
    lake.database().shut();
    assertThat(run(lake, 2, "alert", "run", "--file", file.toString()))
        .contains("gold cannot be read");
  }
}
