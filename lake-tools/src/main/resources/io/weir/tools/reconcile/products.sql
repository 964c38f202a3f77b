-- The numbers of products and categories in gold, computed anew from the products of silver.events (DuckDB). These are
-- their definitions. silver.event_products has the same products, a row each, late ones and those of repeated orders too.
-- The rows are those of events.sql.
WITH
line AS (
  SELECT bucket_ms, is_bot, event_type AS type, is_purchase, named_currency, unnest(products) AS line
  FROM main.counted_events
  WHERE event_type IN ('product_view', 'add_to_cart', 'remove_from_cart') OR is_purchase
),
fact AS (
  SELECT
    bucket_ms,
    is_bot,
    type,
    is_purchase,
    named_currency,
    gold_value(line.product_id) AS product,
    gold_value(line.category) AS category,
    line.quantity AS quantity,
    coalesce(line.price, 0)::DECIMAL(26, 4) * line.quantity AS paid
  FROM line
),
by_dimension AS (
  FROM fact
  UNPIVOT INCLUDE NULLS (value FOR dimension IN (product, category))
),
counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    count(*) FILTER (type = 'product_view') AS product_views,
    count(*) FILTER (type = 'add_to_cart') AS add_to_carts,
    count(*) FILTER (type = 'remove_from_cart') AS remove_from_carts,
    count(*) FILTER (is_purchase) AS purchases,
    coalesce(sum(quantity) FILTER (is_purchase), 0)::BIGINT AS quantity
  FROM by_dimension
  GROUP BY ALL
)
SELECT dimension, bucket_ms, is_bot, value, measure, amount::DECIMAL(38, 4) AS amount
FROM counts
UNPIVOT (amount FOR measure IN (product_views, add_to_carts, remove_from_carts, purchases, quantity))
UNION ALL
SELECT dimension, bucket_ms, is_bot, value, 'revenue ' || named_currency, sum(paid)
FROM by_dimension
WHERE is_purchase
GROUP BY ALL
