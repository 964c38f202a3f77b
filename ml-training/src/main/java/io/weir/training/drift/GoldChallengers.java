package io.weir.training.drift;

import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.StoredScore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code gold.challenger_scores}; the lake has only the champion's scores. */
public final class GoldChallengers implements ChallengerScores {
  private static final String SCORES =
      """
      SELECT
        session_key, version, conversion_score, model_name, model_version, session_start, scored_at
      FROM gold.challenger_scores
      WHERE session_start >= ? AND session_start < ?
      """;

  /** Rows that are in memory at a time. */
  private static final int ROWS = 5_000;

  private final Postgres postgres;
  private final Instant from;
  private final Instant to;

  public GoldChallengers(Postgres postgres, Instant from, Instant to) {
    this.postgres = postgres;
    this.from = from;
    this.to = to;
  }

  @Override
  public void each(Consumer<StoredScore> consumer) {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(SCORES)) {
        statement.setFetchSize(ROWS);
        statement.setObject(1, from.atOffset(ZoneOffset.UTC));
        statement.setObject(2, to.atOffset(ZoneOffset.UTC));
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            consumer.accept(score(row));
          }
        }
      }
    } catch (SQLException e) {
      String why = WatchBook.firstLine(e);
      throw new StartupException("gold.challenger_scores cannot be read: " + why, e);
    }
  }

  private static StoredScore score(ResultSet row) throws SQLException {
    return new StoredScore(
        row.getString("session_key"),
        row.getInt("version"),
        row.getDouble("conversion_score"),
        new ModelVersion(row.getString("model_name"), row.getString("model_version")),
        time(row.getTimestamp("session_start")),
        time(row.getTimestamp("scored_at")),
        List.of());
  }

  private static long time(Timestamp time) {
    return time.getTime();
  }
}
