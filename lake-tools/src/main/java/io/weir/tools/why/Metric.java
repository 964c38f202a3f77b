package io.weir.tools.why;

import io.weir.process.StartupException;
import java.util.List;
import java.util.Map;

/** A metric whose changes {@code gold.restatements} has, in the column of the same name. */
record Metric(String name) {
  private static final String REVENUE = "revenue";
  private static final String REFUNDED = "refunded";

  private static final List<String> ALL =
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
          "searches",
          "ad_impressions",
          "ad_clicks",
          "add_to_carts",
          "remove_from_carts",
          "checkouts",
          "purchases",
          "late_events",
          "matched_clicks",
          "refunds",
          REVENUE,
          REFUNDED);

  /** The two metrics that each ratio is made of. */
  private static final Map<String, String> RATIOS =
      Map.of(
          "conversion_rate", "converted_sessions or sessions",
          "bounce_rate", "bounced_sessions or sessions",
          "cart_abandonment_rate", "abandoned_sessions or cart_sessions",
          "average_session_duration", "duration_ms or sessions",
          "events_per_session", "events or sessions",
          "pages_per_session", "page_views or sessions",
          "click_through_rate", "ad_clicks or ad_impressions");

  static Metric named(String name) {
    if (ALL.contains(name)) {
      return new Metric(name);
    }
    String parts = RATIOS.get(name);
    throw new StartupException(
        parts == null
            ? "METRIC " + name + " is none of " + String.join(", ", ALL)
            : "METRIC " + name + " is a ratio; ask for " + parts);
  }

  boolean isMoney() {
    return name.equals(REVENUE) || name.equals(REFUNDED);
  }
}
