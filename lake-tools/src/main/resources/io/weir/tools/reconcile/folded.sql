-- The places where gold has "(other)", because a partition has named enough values of the day, or where the sums of
-- erased sessions have it, because the value contained an erased id.
-- Parameters: grain, the start and the end of the range, twice.
SELECT DISTINCT dimension, (extract(epoch FROM bucket_start) * 1000)::bigint AS bucket_ms, is_bot
FROM gold.cells
WHERE subject = 'sessions' AND grain = ? AND bucket_start >= ? AND bucket_start < ?
  AND value = '(other)' AND (sessions <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0)
UNION
SELECT dimension, (extract(epoch FROM bucket_start) * 1000)::bigint, is_bot
FROM gold.erased
WHERE grain = ? AND bucket_start >= ? AND bucket_start < ?
  AND value = '(other)' AND (sessions <> 0 OR ad_impressions <> 0 OR ad_clicks <> 0 OR goal_events <> 0)
