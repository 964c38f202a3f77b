-- The numbers of a subject of gold as PostgreSQL has them: one row per cell, summed over the partitions.
-- Parameters: subject, grain, the start and the end of the range, twice.
WITH
partial AS (
  SELECT dimension, bucket_start, is_bot, value, sessions, converted_sessions, bounced_sessions, cart_sessions,
    checkout_sessions, abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, matched_clicks, refunds,
    goal_events, goal_sessions, quantity, visitors, revenue, refunded, goal_value
  FROM gold.cells
  WHERE subject = ? AND grain = ? AND bucket_start >= ? AND bucket_start < ?
),
-- Where a partition has named enough values, the rest is "(other)": there all values are compared as one.
folded AS (
  SELECT dimension, bucket_start, is_bot
  FROM partial
  WHERE value = '(other)'
    AND (sessions <> 0 OR events <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0
      OR product_views <> 0 OR add_to_carts <> 0 OR remove_from_carts <> 0 OR purchases <> 0)
  UNION
  SELECT dimension, bucket_start, is_bot
  FROM gold.erased
  WHERE subject = ? AND grain = ? AND bucket_start >= ? AND bucket_start < ?
    AND value = '(other)'
    AND (sessions <> 0 OR events <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0
      OR product_views <> 0 OR add_to_carts <> 0 OR remove_from_carts <> 0 OR purchases <> 0)
),
cell AS (
  SELECT
    dimension,
    (extract(epoch FROM bucket_start) * 1000)::bigint AS bucket_ms,
    is_bot,
    CASE WHEN (dimension, bucket_start, is_bot) IN (SELECT * FROM folded) THEN '(all)' ELSE value END AS value,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions, abandoned_sessions, duration_ms,
    events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, late_events, matched_clicks, refunds, goal_events, goal_sessions, quantity, visitors,
    revenue, refunded, goal_value
  FROM partial
),
counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    sum(sessions) AS sessions,
    sum(converted_sessions) AS converted_sessions,
    sum(bounced_sessions) AS bounced_sessions,
    sum(cart_sessions) AS cart_sessions,
    sum(checkout_sessions) AS checkout_sessions,
    sum(abandoned_sessions) AS abandoned_sessions,
    sum(duration_ms) AS duration_ms,
    sum(events) AS events,
    sum(page_views) AS page_views,
    sum(product_views) AS product_views,
    sum(searches) AS searches,
    sum(ad_impressions) AS ad_impressions,
    sum(ad_clicks) AS ad_clicks,
    sum(add_to_carts) AS add_to_carts,
    sum(remove_from_carts) AS remove_from_carts,
    sum(checkouts) AS checkouts,
    sum(purchases) AS purchases,
    sum(late_events) AS late_events,
    sum(matched_clicks) AS matched_clicks,
    sum(refunds) AS refunds,
    sum(goal_events) AS goal_events,
    sum(goal_sessions) AS goal_sessions,
    sum(quantity) AS quantity,
    sum(visitors) AS visitors
  FROM cell
  GROUP BY dimension, bucket_ms, is_bot, value
),
payment AS (
  SELECT dimension, bucket_ms, is_bot, cell.value, 'revenue ' || paid.currency AS name, sum(paid.amount::numeric) AS amount
  FROM cell, jsonb_each_text(revenue) AS paid(currency, amount)
  GROUP BY dimension, bucket_ms, is_bot, cell.value, paid.currency
  UNION ALL
  SELECT dimension, bucket_ms, is_bot, cell.value, 'refunded ' || paid.currency, sum(paid.amount::numeric)
  FROM cell, jsonb_each_text(refunded) AS paid(currency, amount)
  GROUP BY dimension, bucket_ms, is_bot, cell.value, paid.currency
  UNION ALL
  SELECT dimension, bucket_ms, is_bot, cell.value, 'goal_value ' || paid.currency, sum(paid.amount::numeric)
  FROM cell, jsonb_each_text(goal_value) AS paid(currency, amount)
  GROUP BY dimension, bucket_ms, is_bot, cell.value, paid.currency
),
revenues AS (
  SELECT dimension, bucket_ms, is_bot, value, array_agg(name) AS names, array_agg(amount) AS amounts
  FROM payment
  GROUP BY dimension, bucket_ms, is_bot, value
)
SELECT dimension, bucket_ms, is_bot, value, names, amounts, sessions, converted_sessions, bounced_sessions,
  cart_sessions, checkout_sessions, abandoned_sessions, duration_ms, events, page_views, product_views, searches,
  ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events,
  matched_clicks, refunds, goal_events, goal_sessions, quantity, visitors
FROM counts
LEFT JOIN revenues USING (dimension, bucket_ms, is_bot, value)
ORDER BY dimension COLLATE "C", bucket_ms, is_bot, value COLLATE "C"
