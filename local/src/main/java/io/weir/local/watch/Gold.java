package io.weir.local.watch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks PostgreSQL what the pipeline has delivered. */
public final class Gold {
  private static final String SCORED =
      "SELECT s.session_key, s.conversion_score"
          + " FROM gold.session_scores s JOIN gold.session_metrics m USING (session_key) LIMIT 1";
  private static final String TABLES_EXIST =
      "SELECT to_regclass('gold.session_metrics') IS NOT NULL"
          + " AND to_regclass('gold.session_scores') IS NOT NULL";
  private final String url;

  public Gold(String url) {
    this.url = url;
  }

  /** A session with its score. */
  public record Scored(String sessionKey, double score) {}

  /** Rows in the two gold tables; zero before they exist. */
  public record Counts(long sessions, long scores) {}

  public Optional<Scored> anyScored() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "weir", "");
        Statement statement = connection.createStatement()) {
      if (!areTablesThere(statement)) {
        return Optional.empty();
      }
      try (ResultSet row = statement.executeQuery(SCORED)) {
        return row.next()
            ? Optional.of(new Scored(row.getString(1), row.getDouble(2)))
            : Optional.empty();
      }
    }
  }

  public Counts counts() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "weir", "");
        Statement statement = connection.createStatement()) {
      return areTablesThere(statement)
          ? new Counts(
              number(statement, "SELECT count(*) FROM gold.session_metrics"),
              number(statement, "SELECT count(*) FROM gold.session_scores"))
          : new Counts(0, 0);
    }
  }

  private static boolean areTablesThere(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(TABLES_EXIST)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
