package io.weir.stream.query.reports;

import java.util.Map;

/** The SQL of what sessions leave in the cart; without filters, cells have the same numbers. */
final class LeftSql {
  private static final String LINES =
      """
      SELECT %s AS value, quantity, value AS amounts
          FROM jsonb_to_recordset(cart_products)
            AS line (product text, category text, quantity bigint, value jsonb)
          WHERE quantity > 0\
      """;

  private static final String WHOLE =
      """
      SELECT %s AS value, (
            SELECT sum(quantity) FROM jsonb_to_recordset(cart_products) AS line (quantity bigint)
            WHERE quantity > 0) AS quantity, cart_value AS amounts\
      """;

  /** Parts of carts by product and category; whole carts by the properties of their sessions. */
  static final Map<String, String> WAYS =
      ReportWays.ordered(
          "product", LINES.formatted("product"),
          "category", LINES.formatted("category"),
          "device", WHOLE.formatted("device"),
          "country", WHOLE.formatted("country"),
          "source", WHOLE.formatted("campaign_source"),
          "campaign", WHOLE.formatted("campaign_name"),
          "app", WHOLE.formatted("app_id"));

  static final String ALL =
      """
      SELECT
        coalesce(part.value, '') AS value, count(DISTINCT session_key) AS carts,
        coalesce(sum(part.quantity), 0)::numeric(38, 0) AS quantity,
        coalesce(gold.sum_revenue(array_agg(gold.positive(part.amounts))
          FILTER (WHERE part.amounts <> '{}')), '{}') AS left_value,
        {final} AS is_final
      FROM (
        SELECT *
        FROM bi.fact_session
        WHERE NOT is_bot AND is_cart_abandoned AND cart_products IS NOT NULL
          AND {days}{filters}) AS cart
      CROSS JOIN LATERAL (
          {by}) AS part
      GROUP BY 1
      ORDER BY carts DESC, value
      """;

  private LeftSql() {}
}
