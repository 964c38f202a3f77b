package io.weir.sink.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.ops.ModelFigures;
import io.weir.sink.ops.SinkMetrics;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lake-sink says in metrics about the models. */
@ExtendWith(Servers.class)
class ModelBookIT {
  private static final String WATCH =
      """
      WITH watch AS (
        INSERT INTO gold.model_watches (
          watched_at, from_time, to_time, model_name, model_version, trained_at, sessions,
          conversions, sampled_share, mean_score, log_loss, constant_log_loss, calibration_error,
          score_psi)
        VALUES (
          '%s', '2026-11-01Z', '2026-11-08Z', 'conversion', '%s', '2026-10-01T00:00:00Z', %d,
          20, 1, 0.02, 0.1, 0.12, 0.01, 0.3)
        RETURNING watch_id)
      INSERT INTO gold.model_drift
        (watch_id, feature, psi, missing_share, training_missing_share, classes)
      SELECT watch_id, feature, psi, 0.5, 0, '[]'
      FROM watch, (VALUES ('(score)', 0.3), ('device', 0.7)) AS found (feature, psi)
      """;

  private static final String RETURNS =
      """
      INSERT INTO gold.model_watches (
        watched_at, from_time, to_time, subject, model_name, model_version, sessions, outcomes,
        conversions, sampled_share, mean_score, log_loss)
      VALUES (
        '2026-11-09T00:00:00Z', '2026-11-01Z', '2026-11-08Z', 'returns', 'p_return_7d', '%s', %d,
        %d, 0, 1, 0.4, %s)
      """;

  private static final String SCORE =
      """
      INSERT INTO gold.score_revisions (
        session_key, version, retracted, session_start, conversion_score, scored_at)
      VALUES ('%s', 1, false, '%s', 0.1, '%s')
      """;

  @Test
  void newestRun_isShown_andTheOneBeforeIsNot(Lake lake) throws SQLException {
    TestSink _ = lake.factory(Clock.systemUTC());
    var metrics = new SinkMetrics();
    var meters = metrics.models();
    var book = new ModelBook(lake.postgres(), meters, Duration.ofDays(1));

    assertThat(book.read()).isEmpty();
    lake.change(WATCH.formatted("2026-11-08T00:00:00Z", "old", 1_000));
    lake.change(WATCH.formatted("2026-11-09T00:00:00Z", "small", 10));
    lake.change(WATCH.formatted("2026-11-09T00:00:00Z", "large", 1_000));

    List<ModelFigures> models = book.read();
    assertThat(models).extracting(ModelFigures::version).containsExactly("large", "small");
    ModelFigures large = models.getFirst();
    assertThat(large.figures())
        .contains(
            entry("weir.model.sessions", 1_000.0),
            // An older run, which did not count them apart.
            entry("weir.model.outcomes", 1_000.0),
            entry("weir.model.score.psi", 0.3),
            entry("weir.model.watched.timestamp.seconds", 1_794_182_400.0))
        .doesNotContainKey("weir.model.auc");
    assertThat(large.features()).containsExactly(new ModelFigures.Feature("device", 0.7, 0.5));

    meters.show(models);
    assertThat(metrics.text())
        .contains(
            "weir_model_score_psi{model=\"conversion\",version=\"large\"} 0.3",
            "weir_model_trained_timestamp_seconds{model=\"conversion\",version=\"small\"}",
            "weir_model_feature_psi{feature=\"device\",model=\"conversion\",version=\"large\"} 0.7");
    meters.show(models.subList(1, 2));
    assertThat(metrics.text()).doesNotContain("version=\"large\"");
  }

  /** One version of the return model has scores without outcomes, another one outcomes only. */
  @Test
  void returns_areShownWithWhatIsKnown(Lake lake) throws SQLException {
    TestSink _ = lake.factory(Clock.systemUTC());
    var metrics = new SinkMetrics();
    var book = new ModelBook(lake.postgres(), metrics.models(), Duration.ofDays(1));
    lake.change(RETURNS.formatted("new", 50, 0, "NULL"));
    lake.change(RETURNS.formatted("old", 0, 2_000, "0.63"));

    metrics.models().show(book.read());

    assertThat(metrics.text())
        .contains(
            "weir_model_sessions{model=\"p_return_7d\",version=\"new\"} 50.0",
            "weir_model_outcomes{model=\"p_return_7d\",version=\"new\"} 0.0",
            "weir_model_sessions{model=\"p_return_7d\",version=\"old\"} 0.0",
            "weir_model_outcomes{model=\"p_return_7d\",version=\"old\"} 2000.0",
            "weir_model_log_loss{model=\"p_return_7d\",version=\"old\"} 0.63")
        .doesNotContain("weir_model_log_loss{model=\"p_return_7d\",version=\"new\"}");
  }

  @Test
  void scoresThatNobodyCompared_areShown_untilARunHasSeenThem(Lake lake) throws SQLException {
    TestSink _ = lake.factory(Clock.systemUTC());
    var metrics = new SinkMetrics();
    var book = new ModelBook(lake.postgres(), metrics.models(), Duration.ofDays(1));
    assertThat(book.unwatched()).isEmpty();

    lake.change(SCORE.formatted("a", "2026-11-01Z", "2026-11-03T00:00:00Z"));
    lake.change(SCORE.formatted("b", "2026-11-02Z", "2026-11-04T00:00:00Z"));
    lake.change(
        "INSERT INTO gold.click_score_versions (event_id, version, retracted, event_time, scored_at)"
            + " VALUES ('e', 1, false, '2026-11-01Z', '2026-11-05Z')");
    lake.change(
        "INSERT INTO gold.return_score_revisions"
            + " (session_key, version, retracted, session_start, scored_at)"
            + " VALUES ('r', 1, false, '2026-11-01Z', '2026-11-05Z'),"
            + " ('gone', 1, true, '2026-11-01Z', '2026-11-02Z')");
    assertThat(book.unwatched())
        .containsOnly(
            entry("sessions", 1_793_664_000.0),
            entry("impressions", 1_793_836_800.0),
            entry("returns", 1_793_836_800.0));

    lake.change(WATCH.formatted("2026-11-03T12:00:00Z", "v1", 1_000));
    assertThat(book.unwatched()).contains(entry("sessions", 1_793_707_200.0)).hasSize(3);
    lake.change(WATCH.formatted("2026-11-04T12:00:00Z", "v1", 1_000));
    assertThat(book.unwatched()).containsOnlyKeys("impressions", "returns");

    metrics.models().showUnwatched(book.unwatched());
    assertThat(metrics.text())
        .contains("weir_model_unwatched_timestamp_seconds{subject=\"impressions\"} 1.7938368E9");
  }
}
