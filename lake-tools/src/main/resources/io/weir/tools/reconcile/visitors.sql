-- The active visitors of each day by their previous active day, computed anew from silver.events and silver.sessions
-- (DuckDB). This is the definition of new, returning and all distinct visitors in gold.
--
-- A day of the site is active for a visitor while a closed session of a person spans it, or while it has an event of a
-- person in an open session. The value is the number of days since the previous active day: none for a new visitor, and
-- 401 for more than 400. Needs all of the visitors' history, whatever the range.
-- The rows are those of events.sql.
WITH
-- A visitor is known by an event of a person who did not refuse consent. To identify oneself is no visit.
seen AS (
  SELECT visitor_id, event_time, is_open
  FROM main.accepted
  WHERE NOT own_is_bot AND consent_analytics IS DISTINCT FROM false AND event_type <> 'identify'
),
span AS (
  SELECT visitor_id, start_time AS first_time, end_time AS last_time
  FROM silver.sessions
  SEMI JOIN seen USING (visitor_id)
  WHERE NOT is_bot
  UNION ALL
  SELECT visitor_id, event_time, event_time
  FROM seen
  WHERE is_open
),
active AS (
  SELECT DISTINCT visitor_id, unnest(generate_series(first_day.day, last_day.day)) AS day
  FROM span
  ASOF JOIN main.buckets AS first_day ON epoch_ms(first_time) >= first_day.bucket_ms
  ASOF JOIN main.buckets AS last_day ON epoch_ms(last_time) >= last_day.bucket_ms
),
visit AS (
  SELECT day, day - lag(day) OVER (PARTITION BY visitor_id ORDER BY day) AS days_since
  FROM active
)
SELECT
  'previous_day' AS dimension,
  bucket_ms,
  false AS is_bot,
  CASE WHEN days_since IS NULL THEN '' ELSE least(days_since, 401)::VARCHAR END AS value,
  'visitors' AS measure,
  count(*)::DECIMAL(38, 4) AS amount
FROM visit
JOIN main.buckets USING (day)
WHERE make_timestamptz(bucket_ms * 1000) >= getvariable('range_from')
  AND make_timestamptz(bucket_ms * 1000) < getvariable('range_to')
GROUP BY ALL
