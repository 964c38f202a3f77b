package io.weir.training.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PairedQuality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was found to {@code gold.model_watches}, {@code gold.model_drift} and comparisons.
 */
public final class WatchBook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ADD_WATCH =
      """
      INSERT INTO gold.model_watches (
        watched_at, from_time, to_time, subject, model_name, model_version, trained_at, sessions,
        outcomes, conversions, sampled_share, mean_score, auc, log_loss, constant_log_loss,
        calibration_error, training_auc, training_log_loss, training_calibration_error, score_psi,
        remark)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING watch_id
      """;

  private static final String ADD_DRIFT =
      """
      INSERT INTO gold.model_drift
        (watch_id, feature, psi, missing_share, training_missing_share, classes)
      VALUES (?, ?, ?, ?, ?, ?::jsonb)
      """;

  private static final String ADD_COMPARISON =
      """
      INSERT INTO gold.model_comparisons (
        watched_at, from_time, to_time, champion_name, champion_version, challenger_name,
        challenger_version, sessions, conversions, champion_log_loss, challenger_log_loss,
        log_loss_difference, log_loss_low, log_loss_high, champion_auc, challenger_auc,
        auc_difference, auc_low, auc_high, verdict)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final List<String> FORGET =
      List.of(
          "DELETE FROM gold.model_watches WHERE watched_at < now() - interval '400 days'",
          "DELETE FROM gold.model_comparisons WHERE watched_at < now() - interval '400 days'");

  private final Postgres postgres;

  public WatchBook(Postgres postgres) {
    this.postgres = postgres;
  }

  /** The range of what was compared, and when. */
  public record Occasion(Instant watchedAt, Instant from, Instant to) {}

  private record ClassShares(String label, double training, double recent) {}

  /** Writes all of it or nothing. */
  public void write(Occasion occasion, List<DriftFound> all) {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      for (DriftFound found : all) {
        for (ModelWatch watch : found.watches()) {
          add(connection, add(connection, values(occasion, found, watch)), watch.drifts());
        }
        for (ModelComparison comparison : found.comparisons()) {
          add(connection, occasion, comparison);
        }
      }
      try (Statement forget = connection.createStatement()) {
        for (String old : FORGET) {
          forget.executeUpdate(old);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StartupException(
          "gold.model_watches cannot be written: "
              + firstLine(e)
              + "; its tables come with lake-sink",
          e);
    }
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void add(Connection connection, Occasion occasion, ModelComparison comparison)
      throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(ADD_COMPARISON)) {
      set(row, values(occasion, comparison));
      row.executeUpdate();
    }
  }

  private static List<@Nullable Object> values(Occasion occasion, ModelComparison comparison) {
    PairedQuality quality = comparison.quality();
    return Arrays.asList(
        time(occasion.watchedAt()),
        time(occasion.from()),
        time(occasion.to()),
        comparison.champion().name(),
        comparison.champion().version(),
        comparison.challenger().name(),
        comparison.challenger().version(),
        quality.rows(),
        quality.positives(),
        quality.firstLogLoss(),
        quality.otherLogLoss(),
        quality.logLoss().value(),
        finite(quality.logLoss().low()),
        finite(quality.logLoss().high()),
        finite(quality.firstAuc()),
        finite(quality.otherAuc()),
        finite(quality.auc().value()),
        finite(quality.auc().low()),
        finite(quality.auc().high()),
        quality.verdict().name().toLowerCase(Locale.ROOT));
  }

  private static void set(PreparedStatement row, List<@Nullable Object> values)
      throws SQLException {
    for (int at = 0; at < values.size(); at++) {
      row.setObject(at + 1, values.get(at));
    }
  }

  private static long add(Connection connection, List<@Nullable Object> values)
      throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(ADD_WATCH)) {
      set(row, values);
      try (ResultSet id = row.executeQuery()) {
        id.next();
        return id.getLong(1);
      }
    }
  }

  private static List<@Nullable Object> values(
      Occasion occasion, DriftFound found, ModelWatch watch) {
    TrainedModel model = watch.model();
    BinaryQuality quality = watch.quality();
    return Arrays.asList(
        time(occasion.watchedAt()),
        time(occasion.from()),
        time(occasion.to()),
        found.subject().column(),
        model.model().name(),
        model.model().version(),
        model.trainedAt() == null ? null : time(model.trainedAt()),
        watch.compared(),
        quality.rows(),
        quality.positives(),
        found.share(),
        watch.meanScore(),
        finite(quality.auc()),
        finite(quality.logLoss()),
        finite(quality.constantLogLoss()),
        finite(quality.calibrationError()),
        model.auc(),
        model.logLoss(),
        model.calibrationError(),
        watch.ofScores().map(FeatureDrift::psi).orElse(null),
        model.remark());
  }

  private static void add(Connection connection, long id, List<FeatureDrift> drifts)
      throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(ADD_DRIFT)) {
      for (FeatureDrift drift : drifts) {
        row.setLong(1, id);
        row.setString(2, drift.name());
        row.setDouble(3, drift.psi());
        row.setDouble(4, drift.recent().missing());
        row.setDouble(5, drift.training().missing());
        row.setString(6, classes(drift));
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static String classes(FeatureDrift drift) {
    List<String> labels = drift.training().column().labels();
    var classes = new ArrayList<ClassShares>();
    for (int at = 0; at < labels.size(); at++) {
      classes.add(
          new ClassShares(
              labels.get(at), drift.training().shares().get(at), drift.recent().shares().get(at)));
    }
    try {
      return JSON.writeValueAsString(classes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of records is always valid JSON", e);
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
