package io.weir.stream.query.reports;

/** The SQL of cohorts, of all visitors or of those whose first session the filters take. */
final class CohortSql {
  static final String DAILY =
      """
      SELECT cohort_day AS cohort, day_number AS number, cohort_visitors, visitors, is_final
      FROM gold.retention_daily
      WHERE cohort_day BETWEEN DATE '{from}' AND DATE '{to}'
      ORDER BY cohort, number
      """;

  static final String WEEKLY =
      """
      SELECT cohort_week AS cohort, week_number AS number, cohort_visitors, visitors, is_final
      FROM gold.retention_weekly
      WHERE cohort_week BETWEEN DATE '{from}' - 6 AND DATE '{to}'
      ORDER BY cohort, number
      """;

  /** The visitors whose first session is taken. */
  private static final String CHOSEN =
      """
      WITH chosen AS MATERIALIZED (
        SELECT visitor_id
        FROM (
          SELECT DISTINCT ON (visitor_id) *
          FROM bi.fact_session
          WHERE NOT is_bot
          ORDER BY visitor_id, start_time, session_key) AS first
        WHERE true{filters}),
      """;

  /** The same cells as those of the views. They end where the cells of all visitors do. */
  private static final String CELLS =
      """
      SELECT
        cohort.first AS cohort, cell.number, cohort.visitors AS cohort_visitors,
        coalesce(active.visitors, 0) AS visitors, {cell_is_final} AS is_final
      FROM counted AS cohort
      CROSS JOIN generate_series(0, {most}) AS cell (number)
      CROSS JOIN gold.progress
      LEFT JOIN counted AS active
        ON active.first = cohort.first AND active.at = cohort.first + {step} * cell.number
      WHERE cohort.at = cohort.first AND cohort.visitors > 0
        AND cohort.first + {step} * cell.number <= (SELECT max(at) FROM counted)
        AND cohort.first BETWEEN {least} AND DATE '{to}'
      ORDER BY cohort, number
      """;

  private static final String FILTERED_DAILY =
      CHOSEN
          + """
          counted AS MATERIALIZED (
            SELECT
              cohort_day AS first, day AS at,
              count(*) FILTER (WHERE visitor_id IN (SELECT visitor_id FROM chosen)) AS visitors
            FROM gold.visitor_days
            GROUP BY first, at)
          """
          + CELLS
              .replace("{most}", "30")
              .replace("{step}", "1")
              .replace("{least}", "DATE '{from}'")
              .replace(
                  "{cell_is_final}", "coalesce(cohort.first + cell.number < settled_day, false)");

  private static final String FILTERED_WEEKLY =
      CHOSEN
          + """
          counted AS MATERIALIZED (
            SELECT
              first, at,
              count(*) FILTER (WHERE visitor_id IN (SELECT visitor_id FROM chosen)) AS visitors
            FROM (
              SELECT
                visitor_id,
                day - (extract(isodow FROM day)::integer - 1) AS at,
                previous_day - (extract(isodow FROM previous_day)::integer - 1) AS previous,
                cohort_day - (extract(isodow FROM cohort_day)::integer - 1) AS first
              FROM gold.visitor_days) AS of_day
            -- The first active day of the visitor in the week stands for the others.
            WHERE previous IS NULL OR previous < at
            GROUP BY first, at)
          """
          + CELLS
              .replace("{most}", "52")
              .replace("{step}", "7")
              .replace("{least}", "DATE '{from}' - 6")
              .replace(
                  "{cell_is_final}",
                  "coalesce(cohort.first + 7 * (cell.number + 1) <= settled_day, false)");

  private CohortSql() {}

  /** The SQL with a place for filters. */
  static String filtered(String sql) {
    return sql.equals(DAILY) ? FILTERED_DAILY : FILTERED_WEEKLY;
  }
}
