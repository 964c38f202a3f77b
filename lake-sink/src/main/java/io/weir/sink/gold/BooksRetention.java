package io.weir.sink.gold;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
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

  /** The state of a table that another object needs, such as a view. */
  private static final String NEEDED = "2BP01";

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

  /**
   * What is removed, or would be.
   *
   * @param months whole months of restatements, whose rows are not counted
   * @param restatements rows of months without a partition
   */
  record Result(long months, long restatements, long alerts) {}

  Result dryRun() throws SQLException {
    long months = 0;
    long restatements = 0;
    if (!rules.restatements().isZero()) {
      OffsetDateTime before = before(rules.restatements());
      months = oldMonths(before).size();
      restatements = count(OLD_REST, before);
    }
    long alerts = 0;
    if (!rules.alerts().isZero()) {
      OffsetDateTime before = before(rules.alerts());
      alerts = count(OLD_CALLS, before) + count(OLD_ALERTS, before);
    }
    return new Result(months, restatements, alerts);
  }

  /** Alerts go first, so that a failure at the months of restatements leaves no old alert. */
  Result run() throws SQLException {
    long alerts = removeAlerts();
    try (var _ = ShortWaits.begin(connection)) {
      execute(connection, ADD_MONTHS);
      return removeRestatements(alerts);
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      LOG.info("gold.restatements is in use; its months are looked after next time");
      return new Result(0, 0, alerts);
    }
  }

  private Result removeRestatements(long alerts) throws SQLException {
    if (rules.restatements().isZero()) {
      return new Result(0, 0, alerts);
    }
    OffsetDateTime before = before(rules.restatements());
    long months = 0;
    try {
      for (String month : oldMonths(before)) {
        months += drop(month) ? 1 : 0;
      }
      return new Result(months, update("DELETE " + OLD_REST, before), alerts);
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      // Each further month could make the readers wait for as long.
      LOG.info(
          "gold.restatements is in use; {} old months are dropped, what else is old goes next time",
          months);
      return new Result(months, 0, alerts);
    }
  }

  /** Returns false if the month stays, because somebody's view needs it. */
  private boolean drop(String month) throws SQLException {
    try {
      // Another instance may have dropped it in the meantime.
      execute(connection, "DROP TABLE IF EXISTS " + month);
      return true;
    } catch (SQLException e) {
      if (!NEEDED.equals(e.getSQLState())) {
        throw e;
      }
      LOG.warn(
          "{} is old and stays, because something else needs it: drop that, and make it anew on"
              + " gold.restatements; the month goes with the next maintenance: {}",
          month,
          e.getMessage());
      return false;
    }
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

  /** The partitions whose whole month is old. */
  private List<String> oldMonths(OffsetDateTime before) throws SQLException {
    var months = new ArrayList<String>();
    try (PreparedStatement statement = connection.prepareStatement(OLD_MONTHS)) {
      statement.setObject(1, before);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          months.add(rows.getString(1));
        }
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

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Lets no statement wait long for a lock: every reader of restatements would wait behind a
   * statement that waits for one of them.
   */
  private record ShortWaits(Connection connection) implements AutoCloseable {
    static ShortWaits begin(Connection connection) throws SQLException {
      execute(connection, "SET lock_timeout = '2s'");
      return new ShortWaits(connection);
    }

    @Override
    public void close() throws SQLException {
      execute(connection, "RESET lock_timeout");
    }
  }
}
