package io.weir.stream.query.reports;

/** The SQL of scores as they are given, before any comparison with the training. */
final class ScoreSql {
  /**
   * Scores by classes. What came true is known of sessions only: it takes a click half an hour and
   * a return a week, which {@code ./weir drift} waits for. Impressions have no session in gold:
   * those of robots that only their session shows are among them.
   */
  static final String CLASSES =
      """
      WITH score AS (
        SELECT
          'sessions' AS subject, model_name, model_version, scored_at, conversion_score AS value,
          is_converted
        FROM gold.session_scores
        JOIN bi.fact_session USING (session_key)
        WHERE NOT is_bot AND {days}
        UNION ALL
        SELECT 'impressions', model_name, model_version, scored_at, click_score, NULL
        FROM gold.click_scores
        WHERE event_time >= {start} AND event_time < {end}
        UNION ALL
        SELECT 'returns', model_name, model_version, scored_at, return_score, NULL
        FROM gold.session_return_scores
        JOIN bi.fact_session USING (session_key)
        WHERE NOT is_bot AND {days}),
      classed AS (
        SELECT *, width_bucket(value, bounds) AS class
        FROM score
        CROSS JOIN (VALUES (ARRAY[0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]::float8[])) AS of (bounds))
      SELECT
        subject, model_name, model_version, bounds[class] AS lower_bound,
        coalesce(bounds[class + 1], 1) AS upper_bound, count(*) AS scores, sum(value) AS expected,
        CASE WHEN subject = 'sessions' THEN count(*) FILTER (WHERE is_converted) END AS came_true,
        min(scored_at) AS first_scored_at, max(scored_at) AS last_scored_at
      FROM classed
      WHERE class > 0
      GROUP BY subject, model_name, model_version, bounds, class
      ORDER BY
        array_position(ARRAY['sessions', 'impressions', 'returns'], subject), model_name,
        model_version, class
      """;

  private ScoreSql() {}
}
