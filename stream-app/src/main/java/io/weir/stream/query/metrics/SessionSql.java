package io.weir.stream.query.metrics;

import io.weir.stream.gold.GoldCurrency;
import io.weir.stream.gold.Measure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * SQL over {@code bi.fact_session} with its values, for one period of a query. The rows that it
 * returns are bucket, value of the breakdown, and either the upper and the lower sum, or a currency
 * and an amount. Whatever a caller wrote is a bound parameter.
 */
final class SessionSql {
  private static final String REVENUE =
      "SELECT key, value::numeric FROM jsonb_each_text(revenue) AS amount";
  private static final String GOAL_VALUES =
      """
      SELECT CASE WHEN amount.key = '' OR amount.key = ANY (?) THEN amount.key ELSE '(other)' END,
        amount.value::numeric
      FROM jsonb_each(goals) AS goal CROSS JOIN jsonb_each_text(goal.value -> 'value') AS amount
      WHERE amount.value::numeric <> 0
      """;

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();
  private final MetricQuery query;
  private final Buckets buckets;
  private final Duration longest;

  private SessionSql(MetricQuery query, Buckets buckets, Duration longest) {
    this.query = query;
    this.buckets = buckets;
    this.longest = longest;
  }

  /**
   * Makes the SQL for a period.
   *
   * @param longest sessions that are longer may be left out where they begin before the period
   */
  static SessionSql of(MetricQuery query, Buckets buckets, Duration longest) {
    var made = new SessionSql(query, buckets, longest);
    switch (query.metric().formula()) {
      case Formula.Sum(Measure of) -> made.sums(SessionColumns.of(of), "0");
      case Formula.Ratio(Measure above, Measure below, int _) ->
          made.sums(SessionColumns.of(above), SessionColumns.of(below));
      case Formula.Share(Measure above, Measure below) ->
          made.sums(SessionColumns.of(above), SessionColumns.of(below));
      case Formula.RowMean(String column, int _) ->
          made.sums(column, "(" + column + " IS NOT NULL)::int");
      case Formula.Money(Formula.Amount of) -> made.amounts(of);
      case Formula.Visitors(Formula.VisitorKind kind) -> made.visitors(kind);
    }
    return made;
  }

  /** Makes a statement with all values. */
  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    int index = 1;
    for (Object value : values) {
      if (value instanceof List<?> several) {
        Object[] array = several.toArray();
        String type = array[0] instanceof Boolean ? "bool" : "text";
        statement.setArray(index++, connection.createArrayOf(type, array));
      } else {
        statement.setObject(index++, value);
      }
    }
    return statement;
  }

  private SessionSql add(String text, Object... bound) {
    sql.append(text).append('\n');
    values.addAll(Arrays.asList(bound));
    return this;
  }

  private void sums(String above, String below) {
    add("SELECT bucket, value, " + sum("above") + ", " + sum("below") + " FROM (");
    add("SELECT " + bucketOf("start_time") + " AS bucket,", edges());
    add(
        SessionColumns.of(query.by())
            + " AS value, "
            + above
            + " AS above, "
            + below
            + " AS below");
    startedInside();
    add(") AS session GROUP BY bucket, value");
  }

  /** A sum stops at the largest number, as everywhere in gold. */
  private static String sum(String of) {
    return "least(coalesce(sum(" + of + "), 0), 9223372036854775807)::bigint";
  }

  private void amounts(Formula.Amount of) {
    add("SELECT bucket, value, currency, sum(amount) FROM (");
    add("SELECT " + bucketOf("start_time") + " AS bucket,", edges());
    add(SessionColumns.of(query.by()) + " AS value,");
    add("revenue_by_currency AS revenue, refunded, goals");
    startedInside();
    add(") AS session CROSS JOIN LATERAL (");
    if (of.hasGoalValue()) {
      add(GOAL_VALUES, GoldCurrency.real());
    } else {
      add(named(amountsOf(of)), GoldCurrency.real());
    }
    add(") AS part (currency, amount) GROUP BY bucket, value, currency");
  }

  private static String amountsOf(Formula.Amount of) {
    if (!of.hasRefunded()) {
      return REVENUE;
    }
    String sign = of.hasRevenue() ? "-" : "";
    String refunded =
        "SELECT key, " + sign + "value::numeric FROM jsonb_each_text(refunded) AS amount";
    return of.hasRevenue() ? REVENUE + " UNION ALL " + refunded : refunded;
  }

  /** Amounts by the currencies that cells name: of a session, the first four real ones. */
  private static String named(String amounts) {
    return """
    SELECT coalesce(named.code, '(other)'), each.amount
    FROM (%s) AS each (code, amount)
    LEFT JOIN (
      SELECT code FROM (
        SELECT * FROM jsonb_each_text(revenue) UNION ALL SELECT * FROM jsonb_each_text(refunded))
        AS both_of_them (code, amount)
      WHERE amount::numeric <> 0 AND (code = '' OR code = ANY (?))
      GROUP BY code ORDER BY code COLLATE "C" LIMIT 4) AS named ON named.code = each.code
    WHERE each.amount <> 0
    """
        .formatted(amounts);
  }

  private void startedInside() {
    add("FROM bi.fact_session WHERE start_time >= ? AND start_time < ?", from(), to());
    add("AND is_bot = ANY (?)", query.side().sides());
    filters();
  }

  /**
   * A visitor is active in each bucket that a session of theirs spans, and new in the bucket in
   * which the first of all their sessions starts. Sessions are found by the index of their starts.
   */
  private void visitors(Formula.VisitorKind kind) {
    add("WITH active AS (SELECT DISTINCT bucket, value, visitor_id FROM (SELECT visitor_id,");
    add(SessionColumns.of(query.by()) + " AS value,");
    add("greatest(" + bucketOf("start_time") + ", 0) AS first_bucket,", edges());
    add("least(" + bucketOf("end_time") + ", ?::int) AS last_bucket", edges(), buckets.count() - 1);
    add("FROM bi.fact_session WHERE NOT is_bot AND start_time < ? AND end_time >= ?", to(), from());
    add("AND start_time >= ?", time(buckets.from() - longest.toMillis()));
    filters();
    add(") AS session CROSS JOIN generate_series(first_bucket, last_bucket) AS bucket)");
    add("SELECT bucket, value, count(*), 0::bigint FROM active");
    if (kind != Formula.VisitorKind.ALL) {
      add("JOIN (SELECT visitor_id, min(start_time) AS first_start FROM bi.fact_session");
      add("WHERE NOT is_bot AND visitor_id IN (SELECT visitor_id FROM active)");
      add("GROUP BY visitor_id) AS visitor USING (visitor_id) WHERE first_start");
      add(kind == Formula.VisitorKind.NEW ? ">=" : "<");
      add("((SELECT ?::text[]::timestamptz[]))[bucket + 1]", edges());
    }
    add("GROUP BY bucket, value");
  }

  private void filters() {
    for (MetricQuery.Filter filter : query.filters()) {
      String compared = filter.isNot() ? " <> ?" : " = ?";
      add("AND " + SessionColumns.of(filter.dimension()) + compared, filter.value());
    }
  }

  /** The number of the bucket, from 0 on. The edges are read once, not for each row. */
  private static String bucketOf(String time) {
    return "width_bucket(" + time + ", (SELECT ?::text[]::timestamptz[])) - 1";
  }

  private List<String> edges() {
    return IntStream.rangeClosed(0, buckets.count())
        .mapToObj(i -> Instant.ofEpochMilli(i == buckets.count() ? buckets.to() : buckets.start(i)))
        .map(Instant::toString)
        .toList();
  }

  private OffsetDateTime from() {
    return time(buckets.from());
  }

  private OffsetDateTime to() {
    return time(buckets.to());
  }

  private static OffsetDateTime time(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }
}
