package io.weir.tools.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric of docs/metrics.md that a rule may watch, as sums of columns of {@code gold.sums}.
 *
 * @param subject of the cells
 * @param above the column that is summed, or the upper sum of a ratio
 * @param below the column of the lower sum; null if the metric is no ratio
 * @param divisor changes the unit of the upper sum
 */
record AlertMetric(String name, String subject, String above, @Nullable String below, int divisor) {
  static final String SESSIONS = "sessions";
  private static final String EVENTS = "events";
  private static final String PRODUCTS = "products";
  private static final String VISITORS = "visitors";
  private static final List<String> OF_ADS = List.of("ad", "position", "page");
  private static final String GOAL = "goal";
  private static final String SEARCHES = "searches";
  static final String SEARCH_TERM = "search_term";
  private static final String NET = "net_revenue";

  private static final List<String> AMOUNTS = List.of("revenue", "refunded", NET, "goal_value");
  private static final List<String> COUNTS =
      List.of(
          SESSIONS,
          "converted_sessions",
          "bounced_sessions",
          "cart_sessions",
          "checkout_sessions",
          "abandoned_sessions",
          "purchases",
          "refunds",
          "page_views",
          "product_views",
          SEARCHES,
          "add_to_carts",
          "remove_from_carts",
          "checkouts",
          "ad_impressions",
          "ad_clicks",
          "matched_clicks",
          "goal_events",
          "goal_sessions",
          "late_events");

  private static final Map<String, List<String>> DIMENSIONS =
      Map.of(
          SESSIONS,
          List.of(
              "device",
              "browser",
              "os",
              "country",
              "city",
              "campaign",
              "source",
              "medium",
              "referrer_class",
              "landing_page",
              "exit_page",
              "visitor_type",
              "app"),
          EVENTS,
          List.of("event_type", "page", "device", "country", "campaign", "source", "app"),
          PRODUCTS,
          List.of("product", "category"),
          VISITORS,
          List.of());

  /** Gold has cells of 15 minutes for all dimensions but these. */
  private static final List<String> DAYS_ONLY =
      List.of("landing_page", "exit_page", "page", "product", SEARCH_TERM);

  private static final List<AlertMetric> ALL = all();

  private static List<AlertMetric> all() {
    var all = new ArrayList<AlertMetric>();
    COUNTS.forEach(column -> all.add(sum(column, SESSIONS, column)));
    AMOUNTS.forEach(column -> all.add(sum(column, SESSIONS, column)));
    all.add(ratio("conversion_rate", "converted_sessions", SESSIONS));
    all.add(ratio("bounce_rate", "bounced_sessions", SESSIONS));
    all.add(ratio("cart_abandonment_rate", "abandoned_sessions", "cart_sessions"));
    all.add(new AlertMetric("average_session_duration", SESSIONS, "duration_ms", SESSIONS, 1000));
    all.add(ratio("events_per_session", EVENTS, SESSIONS));
    all.add(ratio("pages_per_session", "page_views", SESSIONS));
    all.add(ratio("ctr", "matched_clicks", "ad_impressions"));
    all.add(ratio("click_through_rate", "ad_clicks", "ad_impressions"));
    all.add(ratio("goal_rate", "goal_sessions", SESSIONS));
    all.add(sum(EVENTS, EVENTS, EVENTS));
    all.add(sum("products_viewed", PRODUCTS, "product_views"));
    all.add(sum("products_added_to_cart", PRODUCTS, "add_to_carts"));
    all.add(sum("products_removed_from_cart", PRODUCTS, "remove_from_carts"));
    all.add(sum("products_purchased", PRODUCTS, "purchases"));
    all.add(sum("product_quantity", PRODUCTS, "quantity"));
    all.add(sum("product_revenue", PRODUCTS, "revenue"));
    all.add(sum(VISITORS, VISITORS, VISITORS));
    return List.copyOf(all);
  }

  private static AlertMetric sum(String name, String subject, String column) {
    return new AlertMetric(name, subject, column, null, 1);
  }

  private static AlertMetric ratio(String name, String above, String below) {
    return new AlertMetric(name, SESSIONS, above, below, 1);
  }

  static List<AlertMetric> known() {
    return ALL;
  }

  static Optional<AlertMetric> named(String name) {
    return ALL.stream().filter(each -> each.name.equals(name)).findFirst();
  }

  boolean isMoney() {
    return AMOUNTS.contains(above);
  }

  boolean isOfSessions() {
    return subject.equals(SESSIONS);
  }

  /** The subject of the cells by a dimension. A session has no search term, its events have. */
  String subjectBy(String dimension) {
    return dimension.equals(SEARCH_TERM) ? EVENTS : subject;
  }

  /** Whether the cells say of how many sessions they are; those of ads, goals and terms do not. */
  boolean countsSessions(String dimension) {
    return subjectBy(dimension).equals(SESSIONS)
        && !OF_ADS.contains(dimension)
        && !dimension.equals(GOAL);
  }

  /** Gold has only cells of days for products and visitors. */
  boolean needsDays(String dimension) {
    return subject.equals(PRODUCTS) || subject.equals(VISITORS) || DAYS_ONLY.contains(dimension);
  }

  boolean needsDimension() {
    return subject.equals(PRODUCTS);
  }

  /** The dimensions of docs/metrics.md. */
  List<String> dimensions() {
    List<String> common = DIMENSIONS.getOrDefault(subject, List.of());
    if (name.equals("goal_rate")) {
      return common;
    }
    var all = new ArrayList<>(common);
    all.addAll(ownDimensions());
    return all;
  }

  private List<String> ownDimensions() {
    if (name.equals(SEARCHES)) {
      return List.of(SEARCH_TERM);
    }
    return name.startsWith("goal_") ? List.of(GOAL) : isOfAds() ? OF_ADS : List.of();
  }

  private boolean isOfAds() {
    return List.of("ad_impressions", "ad_clicks", "matched_clicks", "ctr", "click_through_rate")
        .contains(name);
  }

  /** The SQL of the number that is summed up; the names come from this class alone. */
  String upperSql(String currency) {
    if (!isMoney()) {
      return above;
    }
    String quoted = "'" + currency + "'";
    return above.equals(NET)
        ? amount("revenue", quoted) + " - " + amount("refunded", quoted)
        : amount(above, quoted);
  }

  private static String amount(String column, String currency) {
    return "coalesce((" + column + " ->> " + currency + ")::numeric, 0)";
  }

  String lowerSql() {
    return below == null ? "0" : below;
  }
}
