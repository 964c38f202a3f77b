package io.weir.stream.query.reports;

/** The SQL of the first and the last touch of conversions. */
final class TouchSql {
  static final String BOTH =
      """
      WITH bought AS (
        SELECT visitor_id, start_time, purchases, revenue_by_currency, {by} AS last
        FROM bi.fact_session
        WHERE NOT is_bot AND purchases > 0 AND {days}{filters}),
      part AS (
        SELECT
          touch, coalesce(value, '') AS value, purchases, revenue_by_currency AS revenue,
          coalesce((start_time AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
        FROM bought
        CROSS JOIN LATERAL (
          SELECT {by} AS first
          FROM gold.people_sessions AS earlier
          WHERE earlier.visitor_id = bought.visitor_id
          ORDER BY start_time, session_key LIMIT 1) AS earliest
        CROSS JOIN LATERAL (VALUES ('first', first), ('last', last)) AS of_touch (touch, value)
        CROSS JOIN gold.progress),
      money AS (
        SELECT touch, value, jsonb_object_agg(currency, amount) AS revenue
        FROM (
          SELECT touch, value, currency, sum(amount::numeric) AS amount
          FROM part CROSS JOIN jsonb_each_text(revenue) AS each (currency, amount)
          GROUP BY touch, value, currency) AS sums
        GROUP BY touch, value)
      SELECT
        touch, value, count(*) AS conversions, sum(purchases)::bigint AS purchases,
        money.revenue, bool_and(is_final) AS is_final
      FROM part LEFT JOIN money USING (touch, value)
      GROUP BY touch, value, money.revenue
      ORDER BY conversions DESC, value, touch
      """;

  private TouchSql() {}
}
