package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports about models on the schema as lake-sink creates it. */
class ModelReportsIT {
  private static final String WATCHES =
      """
      INSERT INTO gold.model_watches (
        watched_at, from_time, to_time, model_name, model_version, sessions, conversions,
        sampled_share, mean_score, log_loss, constant_log_loss, calibration_error)
      SELECT day, day, day, 'conversion', 'v' || number, 5000 - number, 1, 1, 0.1, 0.1, 0.1, 0.1
      FROM generate_series(1, 11) AS number,
        unnest(ARRAY['2026-03-01Z', '2026-03-02Z']::timestamptz[]) AS day;
      INSERT INTO gold.model_watches (
        watched_at, from_time, to_time, subject, model_name, model_version, sessions, outcomes,
        conversions, sampled_share, mean_score)
      VALUES ('2026-03-02Z', '2026-03-02Z', '2026-03-02Z', 'returns', 'p_return_7d', 'r', 9, 0, 0,
        1, 0.4);
      INSERT INTO gold.model_drift
      SELECT watch_id, 'f' || feature, 0.1, 0, 0, (
        SELECT jsonb_agg(jsonb_build_object('label', class, 'training', 0.1, 'recent', 0.1))
        FROM generate_series(1, 12) AS class)
      FROM gold.model_watches, generate_series(1, 25) AS feature
      """;

  @TempDir private Path folder;

  @Test
  void drift_hasAllRowsOfTheTenVersionsWithMostSessions() throws Exception {
    var rowsByVersion = new HashMap<Object, Integer>();
    try (RealPostgres server = RealPostgres.start(folder)) {
      try (Connection connection =
              DriverManager.getConnection(server.url(), "postgres", "postgres");
          Statement statement = connection.createStatement()) {
        SessionTable.create(connection);
        statement.execute(WATCHES);
      }
      var address = new SessionDatabase.Address(server.url(), "postgres", "postgres");
      try (var database = new SessionDatabase(address, Duration.ofSeconds(10))) {
        var reports = new SessionReports(Optional.of(database), ZoneOffset.UTC, Clock.systemUTC());
        var days = new ReportRequest("2026-03-01", "2026-03-12", null, List.of());
        reports
            .answer(GoldReport.MODEL_DRIFT, days)
            .rows()
            .forEach(row -> rowsByVersion.merge(row.get("model_version"), 1, Integer::sum));
      }
    }

    assertThat(rowsByVersion).hasSize(11).doesNotContainKey("v11").containsKey("r");
    assertThat(rowsByVersion.values()).containsOnly(25 * 12);
  }
}
