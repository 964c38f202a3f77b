package io.weir.tools.alert;

import static io.weir.tools.alert.RunAlerts.BEGIN;
import static io.weir.tools.alert.RunAlerts.FEW;
import static io.weir.tools.alert.RunAlerts.FIRED;
import static io.weir.tools.alert.RunAlerts.progress;
import static io.weir.tools.alert.RunAlerts.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of a real receiver: those that fail, are repeated, or are taken back. */
@ExtendWith(Servers.class)
class AlertCallsIT {
  private final RunAlerts alerts;

  AlertCallsIT() throws IOException {
    alerts = new RunAlerts();
  }

  @AfterEach
  void close() {
    alerts.close();
  }

  @Test
  void receiverThatIsDown_hasTheCallLater(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.receiver.answer(503);

    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);
    alerts.pass(lake, "2026-03-10T13:00:00.900Z", FEW);
    alerts.pass(lake, "2026-03-10T13:00:01Z", FEW);
    alerts.receiver.answer(204);
    alerts.pass(lake, "2026-03-10T13:00:02Z", FEW);
    alerts.pass(lake, "2026-03-10T13:00:03Z", FEW);
    alerts.pass(lake, "2026-03-10T13:30:00Z", FEW);

    assertThat(alerts.receiver.calls())
        .containsExactly(
            FIRED.replace("200", "503"), FIRED.replace("200", "503"), FIRED.replace("200", "204"));
    assertThat(alerts.receiver.bodies()).containsOnly(alerts.receiver.bodies().getFirst());
  }

  @Test
  void receiverThatIsSlowToFail_isTriedOnceInAPass(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.receiver.answer(503);
    alerts.receiver.onCall(() -> alerts.clock.advance(Duration.ofSeconds(10)));

    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);

    assertThat(alerts.receiver.calls()).containsExactly(FIRED.replace("200", "503"));
  }

  @Test
  void databaseLostBetweenCallAndMark_repeatsTheKey(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.receiver.onCall(() -> lake.database().shut());

    assertThatThrownBy(() -> alerts.pass(lake, "2026-03-10T13:00:00Z", FEW))
        .isInstanceOf(SQLException.class);
    alerts.receiver.onCall(() -> {});
    lake.database().reopen();
    alerts.pass(lake, "2026-03-10T13:00:10Z", FEW);
    alerts.pass(lake, "2026-03-10T13:10:00Z", FEW);

    assertThat(alerts.receiver.calls()).containsExactly(FIRED, FIRED);
  }

  @Test
  void revision_withdrawsAndFiresAgain_untilGoldIsFinal(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);

    sessions(lake, "2026-03-10T11:00:00Z", 20);
    alerts.pass(lake, "2026-03-10T13:10:00Z", FEW);
    alerts.pass(lake, "2026-03-10T13:11:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 0);
    alerts.pass(lake, "2026-03-10T13:20:00Z", FEW);
    progress(lake, "2026-03-10T12:00:00Z", BEGIN);
    alerts.pass(lake, "2026-03-10T13:30:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 20);
    alerts.pass(lake, "2026-03-10T13:40:00Z", FEW);

    assertThat(alerts.receiver.calls())
        .containsExactly(FIRED, FIRED.replace("Z/1", "Z/2"), FIRED.replace("Z/1", "Z/3"));
    assertThat(alerts.receiver.bodies().get(1))
        .contains("\"kind\":\"withdrawn\"", "\"value\":\"25\"");
  }

  @Test
  void callsOfAWindow_keepTheirOrder(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    alerts.fiveSessions(lake);
    alerts.receiver.answer(500);
    alerts.pass(lake, "2026-03-10T13:00:00Z", FEW);
    sessions(lake, "2026-03-10T11:00:00Z", 20);
    alerts.pass(lake, "2026-03-10T13:00:00.500Z", FEW);
    alerts.receiver.answer(200);
    alerts.pass(lake, "2026-03-10T13:00:01Z", FEW);

    assertThat(alerts.receiver.calls())
        .containsExactly(FIRED.replace("200", "500"), FIRED, FIRED.replace("Z/1", "Z/2"));
  }
}
