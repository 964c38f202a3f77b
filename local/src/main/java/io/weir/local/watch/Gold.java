package io.weir.local.watch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;

/** Queries the results of the pipeline in PostgreSQL. */
public final class Gold {
  private static final String SCORED =
      "SELECT s.session_key, s.conversion_score"
          + " FROM gold.session_scores s JOIN gold.session_metrics m USING (session_key)"
          + " WHERE s.scored_at >= ? LIMIT 1";
  private static final String TABLES_EXIST =
      "SELECT to_regclass('gold.session_metrics') IS NOT NULL"
          + " AND to_regclass('gold.session_scores') IS NOT NULL";
  private static final String PROMISING =
      "SELECT m.visitor_id FROM gold.session_scores s"
          + " JOIN gold.session_metrics m USING (session_key)"
          + " ORDER BY s.conversion_score DESC, m.session_key LIMIT 1";
  private final String url;

  public Gold(String url) {
    this.url = url;
  }

  /**
   * Connects with a timeout: a server that accepts connections and does not answer must not block
   * the caller.
   */
  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.put("user", "weir");
    properties.put("password", "");
    properties.put("loginTimeout", "5");
    properties.put("socketTimeout", "10");
    return DriverManager.getConnection(url, properties);
  }

  /** A session with its score. */
  public record Scored(String sessionKey, double score) {}

  /** The numbers of rows in the two gold tables; zero before the tables exist. */
  public record Counts(long sessions, long scores) {}

  /** A session that has its metrics, and a score made since then. */
  public Optional<Scored> anyScored(Instant since) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return areTablesThere(statement) ? anyScored(connection, since) : Optional.empty();
    }
  }

  private static Optional<Scored> anyScored(Connection connection, Instant since)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SCORED)) {
      query.setObject(1, since.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Scored(row.getString(1), row.getDouble(2)))
            : Optional.empty();
      }
    }
  }

  /** The visitor whose session has the highest score. */
  public Optional<String> mostPromisingVisitor() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "weir", "");
        Statement statement = connection.createStatement()) {
      if (!areTablesThere(statement)) {
        return Optional.empty();
      }
      try (ResultSet row = statement.executeQuery(PROMISING)) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  public Counts counts() throws SQLException {
    try (Connection connection = connect();
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
