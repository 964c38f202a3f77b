package io.weir.tools.funnel;

import io.weir.tools.sql.DuckType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An ordered funnel of visitors, as SQL over {@code silver.events} and {@code silver.sessions}.
 *
 * <p>A start is an event of the first step. From each start, the next step is the first event of
 * that step behind, within the window counted from the start: no other choice gets further. A
 * visitor counts once, with the start that got furthest, and the earliest of those.
 *
 * @param from of the starts, inclusive
 * @param to of the starts, exclusive
 * @param segment a column of the events; null for none
 */
record VisitorFunnel(
    List<FunnelStep> steps,
    Instant from,
    Instant to,
    Duration window,
    @Nullable String segment,
    Bots bots) {

  /** The events that count. */
  enum Bots {
    EXCLUDE("AND NOT %s"),
    ONLY("AND %s"),
    INCLUDE("");

    private static final String IS_BOT =
        """
        (is_bot OR EXISTS (
          SELECT 1 FROM silver.sessions AS s
          WHERE s.visitor_id = e.visitor_id AND s.is_bot
            AND s.start_time <= e.event_time AND e.event_time <= s.end_time))\
        """;

    private final String condition;

    Bots(String condition) {
      this.condition = condition;
    }

    private String sql() {
      return condition.formatted(IS_BOT);
    }
  }

  /** Makes the table of all events that can be a step, numbered by visitor and time. */
  String marks() {
    return """
    CREATE OR REPLACE TEMP TABLE marks AS
    SELECT
      visitor_id, event_time AS t, %s AS segment,
      row_number() OVER (PARTITION BY visitor_id ORDER BY event_time, event_id) AS n, %s
    FROM silver.events AS e
    WHERE event_time >= %s AND event_time <= %s AND NOT is_late AND (%s) %s
    """
        .formatted(
            segment == null ? "''" : "coalesce(" + DuckType.quoted(segment) + ", '')",
            numbered(" , ", i -> steps.get(i - 1).condition() + " AS s" + i),
            time(from),
            time(to.plus(window)),
            numbered(" OR ", i -> "(" + steps.get(i - 1).condition() + ")"),
            bots.sql());
  }

  /** The rows of the answer: for each segment its steps. */
  String answer() {
    var sql = new StringBuilder("WITH w1 AS (SELECT visitor_id, segment, n AS n1, t AS t1");
    sql.append(" FROM marks WHERE s1 AND t < ").append(time(to)).append(")");
    for (int i = 2; i <= steps.size(); i++) {
      sql.append(step(i));
    }
    return sql.append(counted()).toString();
  }

  private String step(int i) {
    return """
    , a%1$d AS (
      SELECT w.*, m.n AS n, m.t AS t
      FROM w%2$d AS w ASOF LEFT JOIN (SELECT * FROM marks WHERE s%1$d) AS m
        ON w.visitor_id = m.visitor_id AND w.n%2$d < m.n),
    w%1$d AS (
      SELECT * EXCLUDE (n, t), CASE WHEN t - t1 <= %3$s THEN n END AS n%1$d,
        CASE WHEN t - t1 <= %3$s THEN t END AS t%1$d
      FROM a%1$d)
    """
        .formatted(i, i - 1, "INTERVAL " + window.toMillis() + " MILLISECONDS");
  }

  private String counted() {
    return """
    , best AS (
      SELECT *, %1$s AS reached FROM w%2$d
      QUALIFY row_number() OVER (PARTITION BY visitor_id ORDER BY reached DESC, n1) = 1),
    counted AS (
      SELECT %3$s%4$s FROM best%5$s)
    SELECT %3$sstep, name AS event, visitors,
      round(visitors / nullif(first_visitors, 0), 6) AS of_first,
      round(1 - visitors / before_visitors, 6) AS drop_off,
      round(seconds, 3) AS median_s
    FROM (%6$s) AS listed
    ORDER BY first_visitors DESC, %3$sstep
    """
        .formatted(
            numbered(" + ", i -> "(n" + i + " IS NOT NULL)::INT"),
            steps.size(),
            ofSegment(),
            numbered(", ", VisitorFunnel::sums),
            segment == null ? "" : " GROUP BY segment",
            numbered(" UNION ALL ", this::row));
  }

  private static String sums(int i) {
    String visitors = "count(*) FILTER (WHERE reached >= %1$d) AS v%1$d".formatted(i);
    String median =
        i == 1
            ? "NULL::DOUBLE AS m1"
            : "median(epoch(t%1$d - t%2$d)) FILTER (WHERE reached >= %1$d) AS m%1$d"
                .formatted(i, i - 1);
    return visitors + ", " + median;
  }

  private String row(int i) {
    return """
    SELECT %1$s%2$d AS step, %3$s AS name, v%2$d AS visitors, v1 AS first_visitors,
      %4$s AS before_visitors, m%2$d AS seconds
    FROM counted
    """
        .formatted(
            ofSegment(),
            i,
            DuckType.text(steps.get(i - 1).toString()),
            i == 1 ? "NULL::BIGINT" : "nullif(v" + (i - 1) + ", 0)");
  }

  private String ofSegment() {
    return segment == null ? "" : "segment, ";
  }

  private String numbered(String between, IntFunction<String> text) {
    return IntStream.rangeClosed(1, steps.size())
        .mapToObj(text)
        .collect(Collectors.joining(between));
  }

  private static String time(Instant time) {
    return "TIMESTAMPTZ " + DuckType.text(time.toString());
  }
}
