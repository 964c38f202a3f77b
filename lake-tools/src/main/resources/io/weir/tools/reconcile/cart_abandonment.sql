-- The carts of visitors as PostgreSQL has them, in the columns of visitor_carts.sql.
-- Parameters: the first day, and the day behind the last one, as days since 1970.
SELECT
  'visitor' AS dimension,
  day - DATE '1970-01-01' AS day,
  false AS is_bot,
  '' AS value,
  (SELECT array_agg('abandoned_value ' || key ORDER BY key) FROM jsonb_each_text(abandoned_value))
    || (SELECT array_agg('recovered_value ' || key ORDER BY key) FROM jsonb_each_text(recovered_value)) AS names,
  (SELECT array_agg(value::numeric ORDER BY key) FROM jsonb_each_text(abandoned_value))
    || (SELECT array_agg(value::numeric ORDER BY key) FROM jsonb_each_text(recovered_value)) AS amounts,
  carts, visitors, purchased, recovered, abandoned, open, emptied
FROM gold.cart_abandonment
WHERE day - DATE '1970-01-01' >= ? AND day - DATE '1970-01-01' < ?
ORDER BY day
