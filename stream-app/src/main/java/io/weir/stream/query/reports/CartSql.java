package io.weir.stream.query.reports;

/** The SQL of visitors' carts, of all or of those whose last session the filters take. */
final class CartSql {
  // A visitor may buy until 720 hours later: an hour into day + 31 when clocks go forward.
  private static final String IS_FINAL = "coalesce(day + 31 < settled_day, false) AS is_final";

  static final String ALL =
      """
      SELECT
        day, carts, purchased, recovered, abandoned, emptied, open, abandoned_value, recovered_value,
        {is_final}
      FROM gold.cart_abandonment CROSS JOIN gold.progress
      WHERE day BETWEEN DATE '{from}' AND DATE '{to}'
      ORDER BY day
      """
          .replace("{is_final}", IS_FINAL);

  /** The same columns as those of the view. The day of a cart is that of its last session, too. */
  static final String FILTERED =
      """
      SELECT
        day,
        count(*) AS carts,
        count(*) FILTER (WHERE is_bought) AS purchased,
        count(*) FILTER (WHERE is_left AND is_recovered) AS recovered,
        count(*) FILTER (WHERE is_left AND NOT is_recovered) AS abandoned,
        count(*) FILTER (WHERE is_emptied) AS emptied,
        count(*) FILTER (WHERE NOT is_bought AND NOT is_emptied AND NOT is_left) AS open,
        coalesce(gold.sum_revenue(array_agg(cart.cart_value)
          FILTER (WHERE is_left AND NOT is_recovered)), '{}') AS abandoned_value,
        coalesce(gold.sum_revenue(array_agg(cart.cart_value)
          FILTER (WHERE is_left AND is_recovered)), '{}') AS recovered_value,
        {is_final}
      FROM gold.visitor_carts AS cart
      CROSS JOIN LATERAL (
        SELECT *
        FROM bi.fact_session
        WHERE session_key = ANY (cart.session_keys)
        ORDER BY start_time DESC, session_key DESC LIMIT 1) AS last
      CROSS JOIN gold.progress
      WHERE day BETWEEN DATE '{from}' AND DATE '{to}'{filters}
      GROUP BY day, settled_day
      ORDER BY day
      """
          .replace("{is_final}", IS_FINAL);

  private CartSql() {}
}
