-- Conversion of the funnel by day: sessions that reached each step, and the share of those that viewed a product.
SELECT day, viewed, carted, checked_out, purchased,
  (carted::numeric / nullif(viewed, 0))::numeric(20, 6) AS cart_rate,
  (checked_out::numeric / nullif(viewed, 0))::numeric(20, 6) AS checkout_rate,
  completion_rate, is_final
FROM gold.funnel_daily WHERE dimension = ''
ORDER BY day;
