package io.weir.stream.query.reports;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question that views of gold answer for a range of days of the site. The SQL is the one that is
 * shown, so a reader can repeat it: days and columns stand in it as text, and nothing that a caller
 * wrote does.
 */
@SuppressWarnings("ImmutableEnumChecker") // the maps are never changed
public enum GoldReport {
  RETENTION_DAILY(
      "Visitors by their first day, and how many of them were active 0 to 30 days later.",
      Map.of(),
      CohortSql.DAILY),
  RETENTION_WEEKLY(
      "Visitors by their first week, and how many of them were active 0 to 52 weeks later.",
      Map.of(),
      CohortSql.WEEKLY),
  TOUCHES(
      "Conversions and revenue by the first and by the last touch of the visitor.",
      ReportWays.ordered(
          "source", "campaign_source", "medium", "campaign_medium", "campaign", "campaign_name"),
      TouchSql.BOTH),
  DISTRIBUTION(
      "Sessions by classes of events, of page views or of seconds.",
      ReportWays.ordered(
          "events",
          "events AS value, ARRAY[1, 2, 3, 4, 6, 11, 21, 51, 101] AS bounds",
          "pages",
          "page_views AS value, ARRAY[0, 1, 2, 3, 4, 6, 11, 21] AS bounds",
          "duration_s",
          "duration_ms / 1000 AS value, ARRAY[0, 1, 10, 30, 60, 180, 600, 1800, 3600] AS bounds"),
      """
      SELECT
        bounds[class] AS lower_bound, bounds[class + 1] AS upper_bound, count(*) AS sessions,
        {final} AS is_final
      FROM (
        SELECT bounds, width_bucket(value, bounds::bigint[]) AS class
        FROM (
          SELECT {by}
          FROM bi.fact_session
          WHERE NOT is_bot AND {days}{filters}) AS measured) AS classed
      GROUP BY lower_bound, upper_bound
      ORDER BY lower_bound
      """),
  CARTS(
      "What became of carts, by the day on which their last session ended.", Map.of(), CartSql.ALL),
  LEFT_IN_CARTS(
      "What sessions with an add_to_cart and no purchase left in the cart: carts, pieces, value.",
      LeftSql.WAYS,
      LeftSql.ALL),
  ORDERED_FUNNEL(
      "Sessions that reached each step in order, with the median seconds between the steps.",
      ReportWays.ordered(
          "all",
          "''::text",
          "device",
          "device",
          "country",
          "country",
          "source",
          "campaign_source",
          "app",
          "app_id",
          "campaign",
          "campaign_name",
          "channel",
          "referrer_class"),
      """
      SELECT
        coalesce({by}, '') AS value,
        count(*) AS sessions,
        count(*) FILTER (WHERE funnel_step >= 1) AS viewed,
        count(*) FILTER (WHERE funnel_step >= 2) AS carted,
        count(*) FILTER (WHERE funnel_step >= 3) AS checked_out,
        count(*) FILTER (WHERE funnel_step >= 4) AS purchased,
        percentile_cont(0.5) WITHIN GROUP (
          ORDER BY extract(epoch FROM funnel_cart_time - funnel_view_time)::float8) AS view_to_cart_s,
        percentile_cont(0.5) WITHIN GROUP (
          ORDER BY extract(epoch FROM funnel_checkout_time - funnel_cart_time)::float8)
          AS cart_to_checkout_s,
        percentile_cont(0.5) WITHIN GROUP (
          ORDER BY extract(epoch FROM funnel_purchase_time - funnel_checkout_time)::float8)
          AS checkout_to_purchase_s,
        {final} AS is_final
      FROM bi.fact_session
      WHERE NOT is_bot AND funnel_step IS NOT NULL AND {days}{filters}
      GROUP BY value
      ORDER BY sessions DESC, value
      """),
  REACHED(
      "Sessions that did all the steps so far, in any order.",
      ChosenSteps.CONDITIONS,
      """
      SELECT number, step, sessions, {final} AS is_final
      FROM (
        SELECT {counts}
        FROM bi.fact_session
        WHERE NOT is_bot AND {days}{filters}) AS counted
      CROSS JOIN LATERAL (VALUES {steps}) AS each (number, step, sessions)
      ORDER BY number
      """),
  CAUSES_OF_CHANGE(
      "Why numbers of closed sessions changed afterwards: the changes by their cause.",
      ReportWays.restated(),
      """
      SELECT
        cause, currency, count(DISTINCT session_key) AS sessions, sum(change::numeric) AS change,
        min(restated_at) AS first, max(restated_at) AS last
      FROM {changes}
      WHERE NOT is_bot AND change::numeric <> 0 AND {days}
        AND bucket_start > {start} - interval '15 minutes' AND bucket_start < {end}
      GROUP BY cause, currency
      ORDER BY sessions DESC, cause, currency
      """),
  CHANGES(
      "The newest 200 changes of closed sessions, with session, cause and revision.",
      ReportWays.restated(),
      """
      SELECT
        restated_at, session_key, visitor_id, start_time, cause, old_revision, new_revision,
        currency, change::numeric AS change
      FROM {changes}
      WHERE NOT is_bot AND change::numeric <> 0 AND {days}
        AND bucket_start > {start} - interval '15 minutes' AND bucket_start < {end}
      ORDER BY restated_at DESC, restatement_id DESC, currency
      LIMIT 200
      """),
  RECONCILIATIONS(
      "The newest 100 comparisons of gold with the lake by ./weir reconcile, whatever the days.",
      Map.of(),
      """
      SELECT
        finished_at, subject, side, from_time, to_time, compared, different, moving, is_cut,
        snapshot_id::text AS snapshot_id
      FROM gold.reconciliations
      ORDER BY finished_at DESC, reconciliation_id DESC
      LIMIT 100
      """),
  LAKE_TABLES(
      "Files, rows, size and last commit of the lake's tables, whatever the days.",
      Map.of(),
      """
      SELECT
        table_name, files, delete_files, rows, bytes, snapshots, committed_at, seen_at,
        extract(epoch FROM now() - committed_at)::bigint AS committed_s_ago,
        extract(epoch FROM now() - seen_at)::bigint AS seen_s_ago
      FROM gold.lake_tables
      ORDER BY table_name
      """),
  MODEL_SCORES(
      "Scores of each version of a model by classes, and how many of them came true.",
      Map.of(),
      ScoreSql.CLASSES),
  MODELS(
      "How each version of a model did on what it scored, by the newest 200 results of"
          + " ./weir drift, whatever the days.",
      Map.of(),
      ModelSql.WATCHES),
  MODEL_DRIFT(
      "How far the features of what was scored are from the training data, by the newest run of"
          + " ./weir drift, whatever the days.",
      Map.of(),
      ModelSql.DRIFT),
  MODEL_COMPARISONS(
      "Champion and challenger on the sessions that both scored, by the newest 200 results of"
          + " ./weir drift, whatever the days.",
      Map.of(),
      ModelSql.COMPARISONS);

  /** What does not come from rows of sessions, which retention removes. */
  private static final Set<GoldReport> BOOKS =
      Set.of(
          CAUSES_OF_CHANGE,
          CHANGES,
          RECONCILIATIONS,
          LAKE_TABLES,
          MODELS,
          MODEL_DRIFT,
          MODEL_COMPARISONS);

  private final String sentence;
  private final Map<String, String> columns;
  private final String sql;

  GoldReport(String sentence, Map<String, String> columns, String sql) {
    this.sentence = sentence;
    this.columns = columns;
    this.sql = sql;
  }

  /** Finds a report by the name that callers write. */
  public static Optional<GoldReport> named(String name) {
    return Arrays.stream(values()).filter(each -> each.code().equals(name)).findFirst();
  }

  /** The name that callers write. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the rows come from sessions, which retention removes. */
  boolean isOfSessions() {
    return !BOOKS.contains(this);
  }

  /** Whether a caller may ask for some of the sessions only. */
  boolean takesFilters() {
    return isOfCohorts() || this == CARTS || sql.contains(ReportSql.FILTERS);
  }

  private boolean isOfCohorts() {
    return this == RETENTION_DAILY || this == RETENTION_WEEKLY;
  }

  /** The first day whose sessions the rows need. */
  LocalDate begin(LocalDate from) {
    return this == RETENTION_WEEKLY
        ? from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
        : from;
  }

  String sentence() {
    return sentence;
  }

  /** Whether a caller may write this as the way. */
  boolean takes(String by) {
    return this == REACHED ? ChosenSteps.areSteps(by) : columns.containsKey(by);
  }

  /** What is meant where no way is named; null if there are none. */
  @Nullable String usual() {
    return this == REACHED
        ? ChosenSteps.USUAL
        : columns.isEmpty() ? null : columns.keySet().iterator().next();
  }

  /** The ways to break the report down, or the steps to choose from; none if there is one way. */
  List<String> ways() {
    return List.copyOf(columns.keySet());
  }

  /**
   * The SQL for a range of days.
   *
   * @param by one of the ways, or empty if there are none
   * @param filters conditions on sessions, each after {@code AND}; empty for none
   */
  String sql(LocalDate from, LocalDate to, String by, String filters) {
    String text = this == REACHED ? ChosenSteps.filledIn(sql, by) : filtered(filters);
    return ReportSql.filledIn(text, from, to, columns.getOrDefault(by, ""))
        .replace(ReportSql.FILTERS, filters);
  }

  /** Views have no place for filters, so with some the SQL is another one. */
  private String filtered(String filters) {
    if (filters.isEmpty()) {
      return sql;
    }
    return isOfCohorts() ? CohortSql.filtered(sql) : this == CARTS ? CartSql.FILTERED : sql;
  }
}
