package io.weir.tools.alert;

import io.weir.tools.alert.RuleEvaluation.Sums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * @param reached events up to here have been counted, in every partition
 * @param finalUntil no event before can change a number any more
 */
record GoldHistory(ZoneId zone, Instant firstDay, Instant reached, Instant finalUntil) {
  /**
   * A partition without new events for 30 minutes is silent, and gold follows the clock there. The
   * partition that is furthest behind says how far gold reaches; one that is days behind the newest
   * event reaches nowhere.
   */
  private static final String STATE =
      """
      SELECT
        (SELECT value FROM gold.cell_versions WHERE subject = 'progress'
          ORDER BY settled_until DESC LIMIT 1) AS zone,
        (SELECT settled_until FROM gold.progress) AS final_until,
        (SELECT min(bucket_start) FROM gold.cell_versions
          WHERE subject = 'events' AND grain = 'day' AND dimension = '') AS first_day,
        (SELECT min(
            CASE WHEN progressed - interval '30 minutes' > coalesce(changed, '-infinity')
              THEN greatest(progressed, newest)
              ELSE coalesce(newest, 'epoch') END)
          FROM (
            SELECT
              max(updated_at) FILTER (WHERE subject = 'progress') AS progressed,
              max(updated_at) FILTER (WHERE subject = 'events' AND grain = 'day') AS changed,
              max(bucket_start) FILTER (WHERE subject = 'events' AND grain = '15m') AS newest
            FROM gold.cell_versions
            WHERE dimension = '' AND (subject = 'progress' OR subject = 'events' AND (
              grain = 'day' OR grain = '15m' AND bucket_start >= (
                SELECT max(bucket_start) - interval '2 days' FROM gold.cell_versions
                WHERE subject = 'events' AND grain = '15m' AND dimension = '')))
            GROUP BY partition) AS of_partition) AS reached
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
      Instant reached = orEpoch(time(row, "reached"));
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
      statement.setString(1, rule.metric().subjectBy(rule.part().dimension()));
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
