package io.weir.sink.maintenance;

import io.weir.lake.gold.Postgres;
import io.weir.sink.ops.ModelFigures;
import io.weir.sink.ops.ModelFigures.Feature;
import io.weir.sink.ops.ModelMeters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the newest run of {@code ./weir drift} from gold and shows it as metrics, so that alerts
 * know it. A command has no metrics, and these are the same after each restart. While PostgreSQL
 * does not answer, the last ones stay.
 */
public final class ModelBook implements AutoCloseable {
  /** One run has a row for each version that scored: of each kind those that scored most. */
  private static final String NEWEST =
      """
      SELECT
        watch_id, model_name, model_version,
        extract(epoch FROM watched_at)::float8 AS "weir.model.watched.timestamp.seconds",
        extract(epoch FROM trained_at)::float8 AS "weir.model.trained.timestamp.seconds",
        sessions::float8 AS "weir.model.sessions",
        coalesce(outcomes, sessions)::float8 AS "weir.model.outcomes",
        conversions::float8 AS "weir.model.conversions",
        auc AS "weir.model.auc",
        log_loss AS "weir.model.log.loss",
        constant_log_loss AS "weir.model.constant.log.loss",
        training_log_loss AS "weir.model.training.log.loss",
        calibration_error AS "weir.model.calibration.error",
        score_psi AS "weir.model.score.psi"
      FROM (
        SELECT
          *,
          row_number() OVER (
            PARTITION BY subject
            ORDER BY greatest(sessions, outcomes) DESC, model_version) AS place
        FROM gold.model_watches
        WHERE watched_at = (SELECT max(watched_at) FROM gold.model_watches)
      ) AS newest
      WHERE place <= 10
      ORDER BY subject DESC, place
      """;

  private static final String FEATURES =
      """
      SELECT feature, psi, missing_share FROM gold.model_drift
      WHERE watch_id = ? AND feature <> '(score)' ORDER BY feature LIMIT 200
      """;

  /**
   * Since when scores wait to be compared: since the newest run, or without one since the first
   * score. Nothing waits if the newest session was scored before that run. The indices by start
   * make both ends cheap.
   */
  private static final String UNWATCHED =
      """
      WITH ends (subject, oldest, newest) AS (
        VALUES (
          'sessions',
          (SELECT scored_at FROM gold.session_scores ORDER BY session_start LIMIT 1),
          (SELECT scored_at FROM gold.session_scores ORDER BY session_start DESC LIMIT 1)
        ), (
          'impressions',
          (SELECT scored_at FROM gold.click_scores ORDER BY event_time LIMIT 1),
          (SELECT scored_at FROM gold.click_scores ORDER BY event_time DESC LIMIT 1)
        ), (
          'returns',
          (SELECT scored_at FROM gold.session_return_scores ORDER BY session_start LIMIT 1),
          (SELECT scored_at FROM gold.session_return_scores ORDER BY session_start DESC LIMIT 1)
        )
      )
      SELECT subject, extract(epoch FROM coalesce(watched_at, oldest))::float8
      FROM ends
      LEFT JOIN (
        SELECT subject, max(watched_at) AS watched_at FROM gold.model_watches GROUP BY subject
      ) AS watches USING (subject)
      WHERE newest IS NOT NULL AND (watched_at IS NULL OR newest > watched_at)
      """;

  private final Postgres postgres;
  private final Duration interval;
  private final BackgroundWork work;

  public ModelBook(Postgres postgres, ModelMeters meters, Duration interval) {
    this.postgres = postgres;
    this.interval = interval;
    this.work =
        new BackgroundWork(
            "model-book",
            "gold.model_watches will be read later",
            () -> {
              meters.show(read());
              meters.showUnwatched(unwatched());
            });
  }

  public void start() {
    work.start(interval);
  }

  /** The models of the newest run. */
  List<ModelFigures> read() throws SQLException {
    var models = new ArrayList<ModelFigures>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEWEST)) {
      while (row.next()) {
        models.add(
            new ModelFigures(
                row.getString("model_name"),
                row.getString("model_version"),
                figures(row),
                features(connection, row.getLong("watch_id"))));
      }
    }
    return models;
  }

  /** Since when scores of each kind wait to be compared, in seconds of the epoch. */
  Map<String, Double> unwatched() throws SQLException {
    var since = new HashMap<String, Double>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(UNWATCHED)) {
      while (row.next()) {
        since.put(row.getString(1), row.getDouble(2));
      }
    }
    return since;
  }

  private static Map<String, Double> figures(ResultSet row) throws SQLException {
    var figures = new HashMap<String, Double>();
    for (String name : ModelFigures.DESCRIPTIONS.keySet()) {
      double value = row.getDouble(name);
      if (!row.wasNull()) {
        figures.put(name, value);
      }
    }
    return figures;
  }

  private static List<Feature> features(Connection connection, long watch) throws SQLException {
    var features = new ArrayList<Feature>();
    try (PreparedStatement statement = connection.prepareStatement(FEATURES)) {
      statement.setLong(1, watch);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          features.add(new Feature(row.getString(1), row.getDouble(2), row.getDouble(3)));
        }
      }
    }
    return features;
  }

  @Override
  public void close() {
    work.close();
  }
}
