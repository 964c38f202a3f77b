-- The sums of what was erased from silver, in the columns of cells.sql.
-- Parameters: subject, grain, the start and the end of the range.
SELECT
  dimension,
  (extract(epoch FROM bucket_start) * 1000)::bigint AS bucket_ms,
  is_bot,
  value,
  (SELECT array_agg('revenue ' || key ORDER BY key) FROM jsonb_each_text(revenue))
    || (SELECT array_agg('refunded ' || key ORDER BY key) FROM jsonb_each_text(refunded))
    || (SELECT array_agg('goal_value ' || key ORDER BY key) FROM jsonb_each_text(goal_value)) AS names,
  (SELECT array_agg(value::numeric ORDER BY key) FROM jsonb_each_text(revenue))
    || (SELECT array_agg(value::numeric ORDER BY key) FROM jsonb_each_text(refunded))
    || (SELECT array_agg(value::numeric ORDER BY key) FROM jsonb_each_text(goal_value)) AS amounts,
  sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions, abandoned_sessions, duration_ms,
  events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
  purchases, late_events, matched_clicks, refunds, goal_events, goal_sessions, quantity, visitors
FROM gold.erased
WHERE subject = ? AND grain = ? AND bucket_start >= ? AND bucket_start < ?
ORDER BY dimension COLLATE "C", bucket_ms, is_bot, value COLLATE "C"
