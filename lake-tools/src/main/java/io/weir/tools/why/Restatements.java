package io.weir.tools.why;

import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import io.weir.tools.sql.RowPrinter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** The rows of {@code gold.restatements}. */
final class Restatements implements AutoCloseable {
  private static final int FETCHED = 5_000;
  private static final String ZONES =
      "SELECT DISTINCT value FROM gold.cells WHERE subject = 'progress'";

  /** The SQL states of a missing table and a missing schema. */
  private static final Set<String> MISSING = Set.of("42P01", "3F000");

  /**
   * The changes in the order in which they happened, then their sum. Without the condition on
   * bucket_start no index would be used.
   */
  private static final String CHANGES =
      """
      WITH changed AS (
        SELECT
          restatement_id, restated_at, session_key, visitor_id, cause, old_revision, new_revision,
          change%1$s
        FROM gold.restatements CROSS JOIN LATERAL (%2$s) AS moved
        WHERE bucket_start > ? - interval '15 minutes' AND bucket_start < ?
          AND start_time >= ? AND start_time < ?
          AND restated_at >= ? AND is_bot = ANY (?) AND change <> 0)
      SELECT
        to_char(restated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS restated_at,
        session_key, visitor_id, cause, old_revision, new_revision, change%1$s
      FROM (
        SELECT 0 AS part, * FROM changed
        UNION ALL
        SELECT 1, 0, NULL, NULL, NULL, 'sum', NULL, NULL, coalesce(sum(change), 0)%1$s
        FROM changed %3$s) AS listed
      ORDER BY part, restatement_id%1$s
      """;

  private final Connection connection;

  /**
   * The changes that are asked for.
   *
   * @param sides the values of is_bot
   */
  record Question(Metric metric, Bucket bucket, Instant since, List<Boolean> sides) {}

  private Restatements(Connection connection) {
    this.connection = connection;
  }

  static Restatements connect(Postgres postgres) throws SQLException {
    try {
      Connection connection = postgres.connect();
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      return new Restatements(connection);
    } catch (SQLException e) {
      throw new StartupException(
          "PostgreSQL at "
              + postgres.place()
              + " does not answer ("
              + e.getMessage()
              + "); start it, or change WEIR_POSTGRES_URL",
          e);
    }
  }

  /** Refuses a zone whose days are not those of gold. */
  void check(ZoneId zone) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ZONES)) {
      while (rows.next()) {
        if (!rows.getString(1).equals(zone.getId())) {
          throw new StartupException(
              "the days of gold are those of "
                  + rows.getString(1)
                  + ", but WEIR_SITE_TIME_ZONE is "
                  + zone
                  + " here; set it as for stream-app");
        }
      }
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /** Prints the changes and their sum. */
  void print(Question question, RowPrinter printer) throws SQLException {
    OffsetDateTime from = utc(question.bucket().from());
    OffsetDateTime to = utc(question.bucket().to());
    try (PreparedStatement statement = connection.prepareStatement(sql(question.metric()))) {
      statement.setFetchSize(FETCHED);
      statement.setObject(1, from);
      statement.setObject(2, to);
      statement.setObject(3, from);
      statement.setObject(4, to);
      statement.setObject(5, utc(question.since()));
      statement.setArray(6, connection.createArrayOf("boolean", question.sides().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        printer.print(rows);
      }
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  private static String sql(Metric metric) {
    return metric.isMoney()
        ? CHANGES.formatted(
            ", currency",
            "SELECT key AS currency, value::numeric AS change FROM jsonb_each_text("
                + metric.name()
                + ")",
            "GROUP BY currency")
        : CHANGES.formatted("", "SELECT " + metric.name() + " AS change", "");
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static SQLException explained(SQLException e) {
    if (MISSING.contains(String.valueOf(e.getSQLState()))) {
      throw new StartupException(
          "PostgreSQL has no gold.restatements yet; start lake-sink of this version once", e);
    }
    return e;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
