package io.weir.stream.query.reports;

import java.time.LocalDate;

/** What the SQL of several reports has in common. */
final class ReportSql {
  /** The place for conditions on sessions. */
  static final String FILTERS = "{filters}";

  /** The bounds of the days as times, which indexes take. */
  private static final String START =
      "(SELECT TIMESTAMP '{from} 00:00' AT TIME ZONE time_zone FROM gold.progress)";

  private static final String END =
      "(SELECT (DATE '{to}' + 1)::timestamp AT TIME ZONE time_zone FROM gold.progress)";

  /** Whether no session of the days can change any more. */
  private static final String FINAL =
      "coalesce((SELECT DATE '{to}' < settled_day FROM gold.progress), false)";

  /** A number is a change in no currency, so that sums of money need no second query. */
  private static final String CHANGES_OF =
      """
      gold.restatements CROSS JOIN jsonb_each_text(CASE jsonb_typeof(to_jsonb({by}))
          WHEN 'object' THEN to_jsonb({by}) ELSE jsonb_build_object('', {by}) END) AS part (currency, change)\
      """;

  private ReportSql() {}

  /** Writes days and a column into an SQL. What a caller wrote has no part in it. */
  static String filledIn(String sql, LocalDate from, LocalDate to, String column) {
    return sql.replace("{changes}", CHANGES_OF)
        .replace("{days}", "start_time >= {start} AND start_time < {end}")
        .replace("{final}", FINAL)
        .replace("{start}", START)
        .replace("{end}", END)
        .replace("{from}", from.toString())
        .replace("{to}", to.toString())
        .replace("{by}", column);
  }
}
