package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A cell as one side has it.
 *
 * @param figures by measure, without those that are zero; revenue, what was refunded and the value
 *     of goals are one measure per currency each
 */
record SessionCell(CellKey key, Map<String, BigDecimal> figures) {
  static final String SESSIONS = "sessions";
  static final String REVENUE = "revenue ";
  static final String REFUNDED = "refunded ";
  static final String GOAL_VALUE = "goal_value ";

  /** The digits of an amount behind the point. */
  static final int SCALE = 4;

  /** The measures that are whole numbers. */
  static final List<String> COUNTS =
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
          "goal_events",
          "goal_sessions",
          "quantity",
          "visitors");

  SessionCell {
    figures = Map.copyOf(figures);
  }

  /**
   * The amounts by currency.
   *
   * @param kind {@link #REVENUE}, {@link #REFUNDED} or {@link #GOAL_VALUE}
   */
  Map<String, BigDecimal> amounts(String kind) {
    return figures.entrySet().stream()
        .filter(each -> each.getKey().startsWith(kind))
        .collect(
            Collectors.toMap(each -> each.getKey().substring(kind.length()), Map.Entry::getValue));
  }
}
