package io.weir.tools.alert;

import io.weir.tools.alert.RuleEvaluation.Sums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What gold has: the sums of a rule, and how far they reach.
 *
 * @param firstDay the first day with a cell
 * @param reached events up to here have been counted
 * @param finalUntil no event before can change a number any more
 */
record GoldHistory(ZoneId zone, Instant firstDay, Instant reached, Instant finalUntil) {
  /** Without new events for so long, the site is silent, and gold follows the clock. */
  private static final Duration SILENCE = Duration.ofMinutes(30);

  private static final String STATE =
      """
      SELECT
        (SELECT value FROM gold.cell_versions WHERE subject = 'progress'
          ORDER BY settled_until DESC LIMIT 1) AS zone,
        (SELECT settled_until FROM gold.progress) AS final_until,
        (SELECT max(updated_at) FROM gold.cell_versions WHERE subject = 'progress') AS progressed_at,
        (SELECT max(updated_at) FROM gold.cell_versions
          WHERE subject = 'events' AND grain = 'day' AND dimension = '') AS changed_at,
        (SELECT min(bucket_start) FROM gold.cell_versions
          WHERE subject = 'events' AND grain = 'day' AND dimension = '') AS first_day,
        (SELECT max(bucket_start) FROM gold.cell_versions
          WHERE subject = 'events' AND grain = '15m' AND dimension = '') AS newest
      """;

  /** The state of gold; empty while it has no events or does not know its time zone. */
  static Optional<GoldHistory> of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      String zone = row.getString("zone");
      Instant firstDay = time(row, "first_day");
      if (zone == null || firstDay == null) {
        return Optional.empty();
      }
      Instant newest = orEpoch(time(row, "newest"));
      Instant progressed = orEpoch(time(row, "progressed_at"));
      boolean isSilent = progressed.minus(SILENCE).isAfter(orEpoch(time(row, "changed_at")));
      Instant reached = isSilent && progressed.isAfter(newest) ? progressed : newest;
      return Optional.of(
          new GoldHistory(ZoneId.of(zone), firstDay, reached, orEpoch(time(row, "final_until"))));
    }
  }

  private static Instant orEpoch(@Nullable Instant time) {
    return time == null ? Instant.EPOCH : time;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  Windows windows(AlertRule rule) {
    return new Windows(rule.window(), zone);
  }

  /**
   * Windows that end at or before this may be decided: their delay is over, and gold has read as
   * far.
   */
  Instant decidable(AlertRule rule, Instant now) {
    Instant read = reached.isAfter(finalUntil) ? reached : finalUntil;
    Instant until = read.isBefore(now) ? read : now;
    return until.minus(rule.delay());
  }

  /** The evaluation of a rule from a time on, with what it is compared with. */
  RuleEvaluation evaluation(Connection connection, AlertRule rule, Instant from, Instant to)
      throws SQLException {
    Instant first = windows(rule).before(from, rule.condition().days());
    String sql =
        """
        SELECT bucket_start, sum(%s), sum(%s), sum(sessions) FROM gold.sums
        WHERE subject = ? AND grain = ? AND NOT is_bot AND dimension = ? AND (%s)
          AND bucket_start >= ? AND bucket_start < ?
        GROUP BY bucket_start
        """
            .formatted(
                rule.metric().upperSql(rule.part().currency()),
                rule.metric().lowerSql(),
                rule.metric().subject().equals("visitors") ? "? = ''" : "value = ?");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, rule.metric().subject());
      statement.setString(2, rule.isOfDays() ? "day" : "15m");
      statement.setString(3, dimension(rule));
      statement.setString(4, rule.part().value());
      statement.setObject(5, first.atOffset(ZoneOffset.UTC));
      statement.setObject(6, to.atOffset(ZoneOffset.UTC));
      return new RuleEvaluation(rule, windows(rule), buckets(statement), firstDay);
    }
  }

  private static TreeMap<Instant, Sums> buckets(PreparedStatement statement) throws SQLException {
    var buckets = new TreeMap<Instant, Sums>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        var sums = new Sums(rows.getBigDecimal(2), rows.getBigDecimal(3), rows.getLong(4));
        buckets.put(rows.getObject(1, OffsetDateTime.class).toInstant(), sums);
      }
    }
    return buckets;
  }

  /** The cells of visitors exist only by their previous active day. */
  private static String dimension(AlertRule rule) {
    return rule.metric().subject().equals("visitors") ? "previous_day" : rule.part().dimension();
  }
}
