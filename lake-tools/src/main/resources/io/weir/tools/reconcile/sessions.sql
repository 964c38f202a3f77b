-- The session metrics of gold, computed anew from silver.sessions (DuckDB). These are their definitions.
--
-- A row is a cell: the sums of the sessions that start in one bucket, on one side (people or robots), with one value
-- of one dimension. The dimension without a name is the total.
--
-- Needs gold_value of values.sql and the tables
--   buckets(bucket_ms)                      the starts of the buckets of the grain, in epoch milliseconds
--   folded(dimension, bucket_ms, is_bot)    where gold has "(other)": there all values are compared as one
--   erased, erased_amounts                  the sums of sessions that were erased from silver (gold.erased)
-- and the variables, both lists,
--   currencies    the codes of ISO 4217, and the empty text where none was given
--   left_out      the dimensions that have no cells of this grain
-- Parameters: the start and the end of the range.
WITH
fact AS (
  SELECT
    bucket_ms,
    is_bot,
    '' AS total,
    gold_value(device) AS device,
    gold_value(browser) AS browser,
    gold_value(os) AS os,
    gold_value(country) AS country,
    gold_value(city) AS city,
    gold_value(campaign_name) AS campaign,
    gold_value(campaign_source) AS source,
    gold_value(campaign_medium) AS medium,
    gold_value(referrer_class) AS referrer_class,
    gold_value(entry_page) AS landing_page,
    gold_value(exit_page) AS exit_page,
    CASE WHEN visitor_session_number = 1 THEN 'new' ELSE 'returning' END AS visitor_type,
    gold_value(app_id) AS app,
    duration_ms,
    events,
    page_views,
    product_views,
    searches,
    ad_impressions,
    ad_clicks,
    add_to_carts,
    remove_from_carts,
    checkouts,
    purchases,
    late_events,
    coalesce(matched_clicks, 0) AS matched_clicks,
    coalesce(refunds, 0) AS refunds,
    refunded,
    ads,
    ad_positions,
    ad_pages,
    goals,
    coalesce(list_sum([each.events FOR each IN goals]), 0) AS goal_events,
    CASE WHEN len(goals) > 0 THEN 1 ELSE 0 END AS goal_sessions,
    flatten([map_entries(each.value) FOR each IN goals]) AS goal_amounts,
    revenue AS amounts,
    -- A session names the first four real currencies in the order of the alphabet, of revenue and refunds together;
    -- the rest of them is "(other)".
    list_sort(list_distinct([
      entry.key FOR entry IN list_concat(map_entries(revenue), map_entries(refunded))
      IF entry.value <> 0 AND list_contains(getvariable('currencies'), entry.key)
    ]))[:4] AS named
  FROM silver.sessions
  ASOF JOIN buckets ON epoch_ms(start_time) >= bucket_ms
  WHERE start_time >= ? AND start_time < ?
),
-- Each session once per dimension.
by_dimension AS (
  SELECT * EXCLUDE (ads, ad_positions, ad_pages, goals)
  FROM fact
  UNPIVOT INCLUDE NULLS (
    value FOR dimension IN (
      total, device, browser, os, country, city, campaign, source, medium, referrer_class, landing_page, exit_page,
      visitor_type, app))
),
cell AS (
  SELECT
    by_dimension.* EXCLUDE (dimension, value),
    CASE by_dimension.dimension WHEN 'total' THEN '' ELSE by_dimension.dimension END AS dimension,
    CASE WHEN folded.dimension IS NULL THEN value ELSE '(all)' END AS value
  FROM by_dimension
  LEFT JOIN folded
    ON folded.dimension = by_dimension.dimension
    AND folded.bucket_ms = by_dimension.bucket_ms
    AND folded.is_bot = by_dimension.is_bot
  WHERE NOT list_contains(getvariable('left_out'), by_dimension.dimension)
),
counted AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    count(*) AS sessions,
    count(*) FILTER (purchases > 0) AS converted_sessions,
    count(*) FILTER (events = 1) AS bounced_sessions,
    count(*) FILTER (add_to_carts > 0) AS cart_sessions,
    count(*) FILTER (checkouts > 0) AS checkout_sessions,
    count(*) FILTER (add_to_carts > 0 AND purchases = 0) AS abandoned_sessions,
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
    sum(goal_sessions) AS goal_sessions
  FROM cell
  GROUP BY ALL
),
-- Ads count as parts of a session, by ad, by position and by page: such a cell has the numbers of ads only.
ad AS (
  SELECT 'ad' AS dimension, bucket_ms, is_bot, each.ad_id AS value, each.impressions, each.clicks, each.matched_clicks
  FROM (SELECT bucket_ms, is_bot, unnest(ads) AS each FROM fact)
  UNION ALL
  SELECT 'position', bucket_ms, is_bot, each.place, each.impressions, each.clicks, each.matched_clicks
  FROM (SELECT bucket_ms, is_bot, unnest(ad_positions) AS each FROM fact)
  UNION ALL
  SELECT 'page', bucket_ms, is_bot, each.place, each.impressions, each.clicks, each.matched_clicks
  FROM (SELECT bucket_ms, is_bot, unnest(ad_pages) AS each FROM fact)
),
ad_counts AS (
  SELECT
    ad.dimension,
    ad.bucket_ms,
    ad.is_bot,
    CASE WHEN folded.dimension IS NULL THEN gold_value(ad.value) ELSE '(all)' END AS value,
    sum(impressions) AS ad_impressions,
    sum(clicks) AS ad_clicks,
    sum(matched_clicks) AS matched_clicks
  FROM ad
  LEFT JOIN folded
    ON folded.dimension = ad.dimension AND folded.bucket_ms = ad.bucket_ms AND folded.is_bot = ad.is_bot
  WHERE NOT list_contains(getvariable('left_out'), ad.dimension)
  GROUP BY ALL
),
-- Goals, too: a cell of a goal has the numbers of that goal only.
goal AS (
  SELECT
    'goal' AS dimension,
    fact.bucket_ms,
    fact.is_bot,
    CASE WHEN folded.dimension IS NULL THEN gold_value(fact.goal.goal) ELSE '(all)' END AS value,
    fact.goal.events AS goal_events,
    fact.goal.value AS amounts
  FROM (SELECT bucket_ms, is_bot, unnest(goals) AS goal FROM fact) AS fact
  LEFT JOIN folded
    ON folded.dimension = 'goal' AND folded.bucket_ms = fact.bucket_ms AND folded.is_bot = fact.is_bot
),
goal_counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    sum(goal_events) AS goal_events,
    count(*) AS goal_sessions
  FROM goal
  GROUP BY ALL
),
erased_cell AS (
  SELECT erased.* EXCLUDE (value), CASE WHEN folded.dimension IS NULL THEN value ELSE '(all)' END AS value
  FROM erased
  LEFT JOIN folded
    ON folded.dimension = erased.dimension
    AND folded.bucket_ms = erased.bucket_ms
    AND folded.is_bot = erased.is_bot
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
    sum(goal_sessions) AS goal_sessions
  FROM (
    FROM counted
    UNION ALL BY NAME FROM ad_counts
    UNION ALL BY NAME FROM goal_counts
    UNION ALL BY NAME FROM erased_cell
  )
  GROUP BY ALL
),
payment AS (
  SELECT dimension, bucket_ms, is_bot, value, 'revenue ' AS kind, named, unnest(map_entries(amounts)) AS entry
  FROM cell
  UNION ALL
  SELECT dimension, bucket_ms, is_bot, value, 'refunded ', named, unnest(map_entries(refunded))
  FROM cell
  -- The row of a session has at most four currencies for each goal.
  UNION ALL
  SELECT dimension, bucket_ms, is_bot, value, 'goal_value ', getvariable('currencies'), unnest(goal_amounts)
  FROM cell
  UNION ALL
  SELECT dimension, bucket_ms, is_bot, value, 'goal_value ', getvariable('currencies'), unnest(map_entries(amounts))
  FROM goal
),
erased_payment AS (
  SELECT
    erased_amounts.* EXCLUDE (value),
    CASE WHEN folded.dimension IS NULL THEN value ELSE '(all)' END AS value
  FROM erased_amounts
  LEFT JOIN folded
    ON folded.dimension = erased_amounts.dimension
    AND folded.bucket_ms = erased_amounts.bucket_ms
    AND folded.is_bot = erased_amounts.is_bot
),
revenue AS (
  SELECT dimension, bucket_ms, is_bot, value, name, sum(amount) AS amount
  FROM (
    SELECT
      dimension,
      bucket_ms,
      is_bot,
      value,
      kind || CASE WHEN list_contains(named, entry.key) THEN entry.key ELSE '(other)' END AS name,
      entry.value AS amount
    FROM payment
    UNION ALL BY NAME
    FROM erased_payment
  )
  GROUP BY ALL
),
revenues AS (
  SELECT dimension, bucket_ms, is_bot, value, list(name) AS names, list(amount) AS amounts
  FROM revenue
  GROUP BY ALL
)
SELECT dimension, bucket_ms, is_bot, value, names, amounts, counts.* EXCLUDE (dimension, bucket_ms, is_bot, value)
FROM counts
LEFT JOIN revenues USING (dimension, bucket_ms, is_bot, value)
ORDER BY dimension, bucket_ms, is_bot, value
