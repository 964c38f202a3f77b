package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import io.weir.stream.query.metrics.GroupMetrics.Coverage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers from the rows of sessions in PostgreSQL what cells do not know: several filters, a filter
 * beside another breakdown, visitors by segment and in other days than the site's.
 */
public final class SessionRows {
  private static final int ROWS_AT_ONCE = 1000;

  /** With the usual settings; rows may be older than settings that make sessions shorter. */
  private static final Duration USUAL_LONGEST = Duration.ofDays(2);

  private final SessionDatabase database;
  private final Duration longest;

  /**
   * Creates the access to rows of sessions.
   *
   * @param longest no session is longer by the present settings
   */
  public SessionRows(SessionDatabase database, Duration longest) {
    this.database = database;
    this.longest = longest.compareTo(USUAL_LONGEST) > 0 ? longest : USUAL_LONGEST;
  }

  /** Says why rows of sessions never have the answer; empty if they have it. */
  static Optional<RefusedQuery> refusal(MetricQuery query) {
    Subject subject = query.metric().subject();
    if (subject != Subject.SESSIONS && subject != Subject.VISITORS) {
      return Optional.of(
          new RefusedQuery(
              "metrics of %s have one dimension at a time; filter=dimension:value by that of by is right"
                  .formatted(subject.code())));
    }
    for (MetricQuery.Filter filter : query.filters()) {
      if (!SessionColumns.has(filter.dimension())) {
        return Optional.of(alone(filter.dimension()));
      }
      if (filter.value().indexOf(0) >= 0) {
        return Optional.of(
            new RefusedQuery(
                "filter by %s: no value has a NUL".formatted(filter.dimension().code())));
      }
    }
    return SessionColumns.has(query.by()) ? Optional.empty() : Optional.of(alone(query.by()));
  }

  private static RefusedQuery alone(Dimension dimension) {
    return new RefusedQuery(
        "%s is not known beside another dimension; by=%s or filter=%s:value alone is right"
            .formatted(dimension.code(), dimension.code(), dimension.code()));
  }

  /**
   * The answer.
   *
   * @throws BusyPostgres if PostgreSQL has too much to do now
   * @throws NoSessionRows if PostgreSQL does not answer
   */
  MetricAnswer answer(MetricQuery query) {
    return database.read(connection -> answer(query, connection));
  }

  private MetricAnswer answer(MetricQuery query, Connection connection) throws SQLException {
    Coverage coverage = coverage(query, connection);
    var sums = new PlacedSums(query);
    try {
      List<Buckets> periods = query.periods();
      for (int period = 0; period < periods.size(); period++) {
        read(SessionSql.of(query, periods.get(period), longest), period, query, sums, connection);
      }
    } catch (PlacedSums.TooMany e) {
      throw AnswerTable.tooMany();
    }
    return new AnswerTable(query, sums, coverage).answer(MetricAnswer.POSTGRESQL);
  }

  private static Coverage coverage(MetricQuery query, Connection connection) throws SQLException {
    String sql =
        "SELECT settled_until, nullif(sessions_from, '-infinity')"
            + " FROM gold.progress CROSS JOIN gold.kept";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      boolean isKnown = row.next();
      OffsetDateTime settled = isKnown ? row.getObject(1, OffsetDateTime.class) : null;
      OffsetDateTime kept = isKnown ? row.getObject(2, OffsetDateTime.class) : null;
      KeptSessions.check(kept, Instant.ofEpochMilli(query.periods().getLast().from()));
      return new Coverage(
          settled == null ? null : settled.toInstant().toEpochMilli(), List.of(), List.of());
    }
  }

  private static void read(
      SessionSql sql, int period, MetricQuery query, PlacedSums sums, Connection connection)
      throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sums.add(query.metric().isMoney() ? amount(rows, period) : sum(rows, period));
        }
      }
    }
  }

  private static PartialSums.Row sum(ResultSet rows, int period) throws SQLException {
    return new PartialSums.Row(
        period, rows.getInt(1), rows.getString(2), rows.getLong(3), rows.getLong(4), null);
  }

  private static PartialSums.Row amount(ResultSet rows, int period) throws SQLException {
    BigDecimal amount = rows.getBigDecimal(4);
    return new PartialSums.Row(
        period,
        rows.getInt(1),
        rows.getString(2),
        0,
        0,
        Map.of(rows.getString(3), amount.toPlainString()));
  }
}
