package io.weir.sink.gold;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the next months of {@code gold.restatements}, and removes old months and old alerts. Both
 * tables are written by the clock, so their age is counted by PostgreSQL's clock.
 */
final class BooksRetention {
  private static final Logger LOG = LoggerFactory.getLogger(BooksRetention.class);

  /** The state of a lock that could not be taken in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String ADD_MONTHS =
      """
      SELECT gold.add_restatement_month(
        date_trunc('month', now(), 'UTC') + make_interval(days => 32 * month))
      FROM generate_series(0, 2) AS month
      """;
  private static final String OLD_MONTHS =
      "SELECT part FROM gold.restatement_months WHERE until <= ? ORDER BY until";
  private static final String OLD_REST =
      "FROM gold.restatements_rest WHERE restated_at < date_trunc('month', ?::timestamptz, 'UTC')";
  private static final String OLD_CALLS = "FROM gold.alert_calls WHERE delivered_at < ?";

  /** A window of a rule that runs may be decided again until the rule has left it behind. */
  private static final String OLD_ALERTS =
      """
      FROM gold.alerts WHERE decided_at < ? AND NOT EXISTS (
        SELECT FROM gold.alert_rules
        WHERE alert_rules.rule = alerts.rule AND decided_until < window_end)
      """;

  private final Connection connection;
  private final KeepRules rules;

  BooksRetention(Connection connection, KeepRules rules) {
    this.connection = connection;
    this.rules = rules;
  }

  /** The numbers of removed rows, or of those that would be. */
  record Result(long restatements, long alerts) {}

  Result dryRun() throws SQLException {
    long restatements = 0;
    if (!rules.restatements().isZero()) {
      OffsetDateTime before = before(rules.restatements());
      for (long rows : oldMonths(before).values()) {
        restatements += rows;
      }
      restatements += count(OLD_REST, before);
    }
    long alerts = 0;
    if (!rules.alerts().isZero()) {
      OffsetDateTime before = before(rules.alerts());
      alerts = count(OLD_CALLS, before) + count(OLD_ALERTS, before);
    }
    return new Result(restatements, alerts);
  }

  Result run() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Every reader of restatements would wait behind a statement that waits for one of them.
      statement.execute("SET lock_timeout = '5s'");
      try {
        statement.execute(ADD_MONTHS);
        return new Result(removeRestatements(statement), removeAlerts());
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
        LOG.info("gold.restatements is in use; its months are looked after next time");
        return new Result(0, removeAlerts());
      } finally {
        statement.execute("SET lock_timeout = 0");
      }
    }
  }

  private long removeRestatements(Statement statement) throws SQLException {
    if (rules.restatements().isZero()) {
      return 0;
    }
    OffsetDateTime before = before(rules.restatements());
    long removed = 0;
    for (Map.Entry<String, Long> month : oldMonths(before).entrySet()) {
      statement.execute("DROP TABLE " + month.getKey());
      removed += month.getValue();
    }
    return removed + update("DELETE " + OLD_REST, before);
  }

  private long removeAlerts() throws SQLException {
    if (rules.alerts().isZero()) {
      return 0;
    }
    OffsetDateTime before = before(rules.alerts());
    return update("DELETE " + OLD_CALLS, before) + update("DELETE " + OLD_ALERTS, before);
  }

  private OffsetDateTime before(Duration kept) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT now()")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).minus(kept);
    }
  }

  /** The partitions whose whole month is old, and their numbers of rows. */
  private Map<String, Long> oldMonths(OffsetDateTime before) throws SQLException {
    var months = new LinkedHashMap<String, Long>();
    try (PreparedStatement statement = connection.prepareStatement(OLD_MONTHS)) {
      statement.setObject(1, before);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          months.put(rows.getString(1), 0L);
        }
      }
    }
    for (Map.Entry<String, Long> month : months.entrySet()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + month.getKey())) {
        rows.next();
        month.setValue(rows.getLong(1));
      }
    }
    return months;
  }

  private long count(String from, OffsetDateTime before) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) " + from)) {
      statement.setObject(1, before);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private long update(String sql, OffsetDateTime before) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, before);
      return statement.executeLargeUpdate();
    }
  }
}
