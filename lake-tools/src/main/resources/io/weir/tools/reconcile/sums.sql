-- Adds up the figures of a subject (DuckDB): its view "figure" has a row per cell and measure, or several. Adds what was
-- erased from silver, and makes one of all values where gold has "(other)".
-- Needs the tables folded and erased_figures, and the variable left_out, as sessions.sql does.
WITH
cell AS (
  SELECT
    each.dimension,
    each.bucket_ms,
    each.is_bot,
    CASE WHEN folded.dimension IS NULL THEN each.value ELSE '(all)' END AS value,
    each.measure,
    each.amount
  FROM (FROM main.figure UNION ALL BY NAME FROM main.erased_figures) AS each
  LEFT JOIN main.folded
    ON folded.dimension = each.dimension
    AND folded.bucket_ms = each.bucket_ms
    AND folded.is_bot = each.is_bot
  WHERE NOT list_contains(getvariable('left_out'), each.dimension)
),
summed AS (
  SELECT dimension, bucket_ms, is_bot, value, measure, sum(amount) AS amount
  FROM cell
  GROUP BY ALL
)
SELECT dimension, bucket_ms, is_bot, value, list(measure) AS names, list(amount) AS amounts
FROM summed
GROUP BY ALL
ORDER BY dimension, bucket_ms, is_bot, value
