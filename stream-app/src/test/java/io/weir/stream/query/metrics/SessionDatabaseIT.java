package io.weir.stream.query.metrics;

import static io.weir.stream.query.metrics.FilledGold.CLOCK;
import static io.weir.stream.query.metrics.FilledGold.RANGE;
import static io.weir.stream.query.metrics.FilledGold.RULES;
import static io.weir.stream.query.metrics.FilledGold.TIMEOUT;
import static io.weir.stream.query.metrics.FilledGold.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.testkit.FreePort;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks a PostgreSQL that is unreachable, refuses, is slow, or has closed its connections. */
@ExtendWith(FilledGold.Shared.class)
class SessionDatabaseIT {
  private final FilledGold gold;

  SessionDatabaseIT(FilledGold gold) {
    this.gold = gold;
  }

  @Test
  void noPostgres_isSaid() {
    var without = new MetricSources(gold.cells(), Optional.empty(), RULES, CLOCK);
    try (var nowhere = new SessionDatabase(FilledGold.address(FreePort.next()), TIMEOUT)) {
      var down =
          new MetricSources(
              gold.cells(), Optional.of(new SessionRows(nowhere, Duration.ZERO)), RULES, CLOCK);
      for (MetricSources each : List.of(without, down)) {
        for (String parameters : List.of("by=country", "zone=America/New_York")) {
          MetricRequest request = Requests.of(RANGE + parameters);
          assertThatThrownBy(() -> each.answer(Metrics.named("visitors").orElseThrow(), request))
              .isInstanceOf(NoSessionRows.class)
              .hasMessageContaining("WEIR_POSTGRES_URL");
        }
      }
      MetricRequest ofCells = Requests.of(RANGE);
      assertThat(down.answer(Metrics.named("visitors").orElseThrow(), ofCells).rows()).hasSize(7);
    }
  }

  @ParameterizedTest
  @CsvSource({"nobody, postgres, 28000", "stranger, postgres, 42501", "postgres, nowhere, 3D000"})
  void refusals_areNoSilence(String user, String name, String state) throws SQLException {
    gold.change("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN");
    String url = "jdbc:postgresql://127.0.0.1:" + gold.server().port() + "/" + name;
    try (var refusing =
        new SessionDatabase(new SessionDatabase.Address(url, user, "wrong"), TIMEOUT)) {
      var sessions = new SessionRows(refusing, Duration.ZERO);
      MetricQuery query = query("sessions", RANGE + "filter=country:DE;by=device");

      assertThatThrownBy(() -> sessions.answer(query))
          .isInstanceOf(NoSessionRows.class)
          .hasMessageContaining("refuses this (SQLSTATE " + state + ")")
          .hasMessageContaining("WEIR_POSTGRES_USER");
    }
  }

  @Test
  void slowPostgres_isSaid_andAskedAgain() throws SQLException {
    try (var impatient = new SessionDatabase(gold.address(), Duration.ofMillis(200));
        Connection other = gold.connect();
        Statement lock = other.createStatement()) {
      var sessions = new SessionRows(impatient, Duration.ZERO);
      MetricQuery query = query("sessions", RANGE + "filter=country:DE;by=device");
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE gold.session_revisions IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> sessions.answer(query))
          .isInstanceOf(NoSessionRows.class)
          .hasMessageContaining("a shorter range or a longer WEIR_STREAM_SQL_TIMEOUT is right");
      other.rollback();

      assertThat(sessions.answer(query).rows()).isNotEmpty();
    }
  }

  @Test
  void lostConnections_areOpenedAnew() throws SQLException {
    List<MetricAnswer.Row> before = gold.ask("visitors", RANGE + "by=country").rows();
    gold.change(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'weir-stream-app'");

    assertThat(gold.ask("visitors", RANGE + "by=country").rows()).isEqualTo(before);
  }

  @Test
  void connections_onlyRead() {
    assertThatThrownBy(() ->
            gold.database()
                .read(connection -> {
                  try (Statement statement = connection.createStatement()) {
                    return statement.execute("DELETE FROM gold.session_revisions");
                  }
                }))
        .isInstanceOf(NoSessionRows.class)
        .hasMessageContaining("25006");
  }
}
