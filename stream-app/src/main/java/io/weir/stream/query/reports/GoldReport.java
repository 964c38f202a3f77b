package io.weir.stream.query.reports;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      """
      SELECT cohort_day AS cohort, day_number AS number, cohort_visitors, visitors, is_final
      FROM gold.retention_daily
      WHERE cohort_day BETWEEN DATE '{from}' AND DATE '{to}'
      ORDER BY cohort, number
      """),
  RETENTION_WEEKLY(
      "Visitors by their first week, and how many of them were active 0 to 52 weeks later.",
      Map.of(),
      """
      SELECT cohort_week AS cohort, week_number AS number, cohort_visitors, visitors, is_final
      FROM gold.retention_weekly
      WHERE cohort_week BETWEEN DATE '{from}' - 6 AND DATE '{to}'
      ORDER BY cohort, number
      """),
  TOUCHES(
      "Conversions and revenue by the first and by the last touch of the visitor.",
      ordered("source", "source", "medium", "medium", "campaign", "campaign"),
      """
      WITH part AS (
        SELECT touch, {by} AS value, conversions, purchases, revenue, is_final
        FROM gold.touch_daily
        WHERE day BETWEEN DATE '{from}' AND DATE '{to}'),
      money AS (
        SELECT touch, value, jsonb_object_agg(currency, amount) AS revenue
        FROM (
          SELECT touch, value, currency, sum(amount::numeric) AS amount
          FROM part CROSS JOIN jsonb_each_text(revenue) AS each (currency, amount)
          GROUP BY touch, value, currency) AS sums
        GROUP BY touch, value)
      SELECT
        touch, value, sum(conversions)::bigint AS conversions, sum(purchases)::bigint AS purchases,
        money.revenue, bool_and(is_final) AS is_final
      FROM part LEFT JOIN money USING (touch, value)
      GROUP BY touch, value, money.revenue
      ORDER BY conversions DESC, value, touch
      """),
  DISTRIBUTION(
      "Sessions by classes of events, of page views or of seconds.",
      ordered("events", "events", "pages", "pages", "duration_s", "duration_s"),
      """
      SELECT lower_bound, upper_bound, sum(sessions)::bigint AS sessions, bool_and(is_final) AS is_final
      FROM gold.distributions
      WHERE measure = '{by}' AND day BETWEEN DATE '{from}' AND DATE '{to}'
      GROUP BY lower_bound, upper_bound
      ORDER BY lower_bound
      """),
  CARTS(
      "What became of carts, by the day on which their last session ended.",
      Map.of(),
      """
      SELECT
        day, carts, purchased, recovered, abandoned, emptied, open, abandoned_value, recovered_value,
        -- A visitor may buy until 720 hours later: an hour into day + 31 when clocks go forward.
        coalesce(day + 31 < settled_day, false) AS is_final
      FROM gold.cart_abandonment CROSS JOIN gold.progress
      WHERE day BETWEEN DATE '{from}' AND DATE '{to}'
      ORDER BY day
      """),
  ORDERED_FUNNEL(
      "Sessions that reached each step in order, with the median seconds between the steps.",
      ordered(
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
      WHERE NOT is_bot AND funnel_step IS NOT NULL AND {days}
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
        WHERE NOT is_bot AND {days}) AS counted
      CROSS JOIN LATERAL (VALUES {steps}) AS each (number, step, sessions)
      ORDER BY number
      """),
  CAUSES_OF_CHANGE(
      "Why numbers of closed sessions changed afterwards: the changes by their cause.",
      restated(),
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
      restated(),
      """
      SELECT
        restated_at, session_key, visitor_id, start_time, cause, old_revision, new_revision,
        currency, change::numeric AS change
      FROM {changes}
      WHERE NOT is_bot AND change::numeric <> 0 AND {days}
        AND bucket_start > {start} - interval '15 minutes' AND bucket_start < {end}
      ORDER BY restated_at DESC, restatement_id DESC, currency
      LIMIT 200
      """);

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

  private final String sentence;
  private final Map<String, String> columns;
  private final String sql;

  GoldReport(String sentence, Map<String, String> columns, String sql) {
    this.sentence = sentence;
    this.columns = columns;
    this.sql = sql;
  }

  /** Pairs of a name and the SQL for it; the first one is meant where none is named. */
  private static Map<String, String> ordered(String... pairs) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The sums that a revision of a session changes. */
  private static Map<String, String> restated() {
    var map = new LinkedHashMap<String, String>();
    for (String column :
        List.of(
            "sessions",
            "converted_sessions",
            "bounced_sessions",
            "cart_sessions",
            "checkout_sessions",
            "abandoned_sessions",
            "duration_ms",
            "events",
            "page_views",
            "product_views",
            "add_to_carts",
            "purchases",
            "revenue",
            "refunded")) {
      map.put(column, column);
    }
    return map;
  }

  /** Finds a report by the name that callers write. */
  public static Optional<GoldReport> named(String name) {
    return Arrays.stream(values()).filter(each -> each.code().equals(name)).findFirst();
  }

  /** The name that callers write. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the rows come from sessions, which retention removes. Changes have a table of their
   * own.
   */
  boolean isOfSessions() {
    return this != CAUSES_OF_CHANGE && this != CHANGES;
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
   */
  String sql(LocalDate from, LocalDate to, String by) {
    String text = this == REACHED ? ChosenSteps.filledIn(sql, by) : sql;
    return text.replace("{changes}", CHANGES_OF)
        .replace("{days}", "start_time >= {start} AND start_time < {end}")
        .replace("{final}", FINAL)
        .replace("{start}", START)
        .replace("{end}", END)
        .replace("{from}", from.toString())
        .replace("{to}", to.toString())
        .replace("{by}", columns.getOrDefault(by, ""));
  }
}
