-- The places where gold has "(other)", because a partition has named enough values of the day, or where the sums of
-- the erased have it, because the value contained an erased id.
-- Parameters: subject, grain, the start and the end of the range, twice.
SELECT DISTINCT dimension, (extract(epoch FROM bucket_start) * 1000)::bigint AS bucket_ms, is_bot
FROM gold.cells
WHERE subject = ? AND grain = ? AND bucket_start >= ? AND bucket_start < ?
  AND value = '(other)'
  AND (sessions <> 0 OR events <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0
    OR product_views <> 0 OR add_to_carts <> 0 OR remove_from_carts <> 0 OR purchases <> 0)
UNION
SELECT dimension, (extract(epoch FROM bucket_start) * 1000)::bigint, is_bot
FROM gold.erased
WHERE subject = ? AND grain = ? AND bucket_start >= ? AND bucket_start < ?
  AND value = '(other)'
  AND (sessions <> 0 OR events <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0
    OR product_views <> 0 OR add_to_carts <> 0 OR remove_from_carts <> 0 OR purchases <> 0)
