-- The numbers of events that came too late for any session, computed anew from silver.events (DuckDB). These are their
-- definitions. Each event counts as it came: the order of a purchase is not remembered.
-- The rows are those of events.sql.
WITH
fact AS (
  SELECT
    bucket_ms,
    is_bot,
    '' AS total,
    gold_value(event_type) AS event_type,
    event_type AS type,
    gold_currency(currency) AS named_currency,
    gold_worth(products, value) AS worth
  FROM silver.events
  ASOF JOIN main.buckets ON epoch_ms(event_time) >= bucket_ms
  WHERE is_late AND event_time >= getvariable('range_from') AND event_time < getvariable('range_to')
),
by_dimension AS (
  SELECT * REPLACE (CASE dimension WHEN 'total' THEN '' ELSE dimension END AS dimension)
  FROM fact
  UNPIVOT INCLUDE NULLS (value FOR dimension IN (total, event_type))
),
counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    count(*) AS events,
    count(*) FILTER (type = 'page_view') AS page_views,
    count(*) FILTER (type = 'product_view') AS product_views,
    count(*) FILTER (type = 'search') AS searches,
    count(*) FILTER (type = 'ad_impression') AS ad_impressions,
    count(*) FILTER (type = 'ad_click') AS ad_clicks,
    count(*) FILTER (type = 'add_to_cart') AS add_to_carts,
    count(*) FILTER (type = 'remove_from_cart') AS remove_from_carts,
    count(*) FILTER (type = 'checkout') AS checkouts,
    count(*) FILTER (type = 'purchase') AS purchases,
    count(*) FILTER (type = 'refund') AS refunds
  FROM by_dimension
  GROUP BY ALL
)
SELECT dimension, bucket_ms, is_bot, value, measure, amount::DECIMAL(38, 4) AS amount
FROM counts
UNPIVOT (
  amount FOR measure IN (
    events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, refunds))
UNION ALL
SELECT
  dimension,
  bucket_ms,
  is_bot,
  value,
  CASE type WHEN 'purchase' THEN 'revenue ' ELSE 'refunded ' END || named_currency,
  sum(worth)
FROM by_dimension
WHERE type IN ('purchase', 'refund')
GROUP BY ALL
