-- What sessions left in the cart, computed anew from silver.sessions (DuckDB). These are the definitions of the numbers of
-- carts in gold. A session with an add_to_cart and without a purchase leaves a cart, at the time of its start.
-- The rows are those of events.sql.
WITH
cart AS (
  SELECT
    bucket_ms,
    is_bot,
    '' AS total,
    gold_value(device) AS device,
    gold_value(country) AS country,
    gold_value(campaign_name) AS campaign,
    gold_value(campaign_source) AS source,
    gold_value(app_id) AS app,
    session_key,
    [each FOR each IN cart_products IF each.quantity > 0] AS products,
    cart_value AS amounts
  FROM silver.sessions
  ASOF JOIN main.buckets ON epoch_ms(start_time) >= bucket_ms
  WHERE add_to_carts > 0
    AND purchases = 0
    AND start_time >= getvariable('range_from')
    AND start_time < getvariable('range_to')
),
whole AS (
  SELECT
    CASE dimension WHEN 'total' THEN '' ELSE dimension END AS dimension,
    bucket_ms,
    is_bot,
    value,
    session_key,
    coalesce(list_sum([each.quantity FOR each IN products]), 0) AS quantity,
    amounts
  FROM cart
  UNPIVOT INCLUDE NULLS (value FOR dimension IN (total, device, country, campaign, source, app))
),
-- Each product that is left, once as a product and once in its category.
product AS (
  SELECT bucket_ms, is_bot, session_key, unnest(products) AS product
  FROM cart
),
part AS (
  SELECT
    'product' AS dimension,
    bucket_ms,
    is_bot,
    gold_value(product.product_id) AS value,
    session_key,
    product.quantity AS quantity,
    product.value AS amounts
  FROM product
  UNION ALL
  SELECT 'category', bucket_ms, is_bot, gold_value(product.category), session_key, product.quantity, product.value
  FROM product
),
fact AS (
  FROM whole
  UNION ALL BY NAME FROM part
),
counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    count(DISTINCT session_key) AS sessions,
    sum(quantity)::BIGINT AS quantity
  FROM fact
  GROUP BY ALL
),
-- A value names its first four real currencies in the order of the alphabet, and counts what is above zero.
worth AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    list_sort(list_distinct([
      each.key FOR each IN map_entries(amounts)
      IF each.value <> 0 AND list_contains(getvariable('currencies'), each.key)
    ]))[:4] AS named,
    unnest(map_entries(amounts)) AS entry
  FROM fact
)
SELECT dimension, bucket_ms, is_bot, value, measure, amount::DECIMAL(38, 4) AS amount
FROM counts
UNPIVOT (amount FOR measure IN (sessions, quantity))
UNION ALL
SELECT
  dimension,
  bucket_ms,
  is_bot,
  value,
  'revenue ' || CASE WHEN list_contains(named, entry.key) THEN entry.key ELSE '(other)' END,
  sum(entry.value)
FROM worth
WHERE entry.value > 0
GROUP BY ALL
