-- The numbers of events in gold, computed anew from silver.events (DuckDB). These are their definitions.
--
-- A row is a figure: one measure of the events of one bucket, on one side (people or robots), with one value of one
-- dimension. The dimension without a name is the total. Needs the views of accepted.sql.
WITH
fact AS (
  SELECT
    bucket_ms,
    is_bot,
    '' AS total,
    gold_value(event_type) AS event_type,
    gold_value(gold_page(url, url_domain, url_path)) AS page,
    gold_value(device) AS device,
    gold_value(country) AS country,
    gold_value(campaign_name) AS campaign,
    gold_value(campaign_source) AS source,
    gold_value(app_id) AS app,
    -- Of a search that an earlier version accepted, silver has no term: it is in no cell of terms.
    CASE WHEN search_term IS NOT NULL THEN gold_value(search_term) END AS search_term,
    event_type AS type,
    is_purchase,
    named_currency,
    worth
  FROM main.counted_events
),
-- Each event once per dimension; a search once per term, too. Nothing else can be null.
by_dimension AS (
  SELECT * REPLACE (CASE dimension WHEN 'total' THEN '' ELSE dimension END AS dimension)
  FROM fact
  UNPIVOT (value FOR dimension IN (
    total, event_type, page, device, country, campaign, source, app, search_term))
),
counts AS (
  SELECT
    dimension,
    bucket_ms,
    is_bot,
    value,
    count(*) AS events,
    count(*) FILTER (type = 'page_view') AS page_views,
    count(*) FILTER (type = 'product_view') AS product_views,
    count(*) FILTER (type = 'search') AS searches,
    count(*) FILTER (type = 'ad_impression') AS ad_impressions,
    count(*) FILTER (type = 'ad_click') AS ad_clicks,
    count(*) FILTER (type = 'add_to_cart') AS add_to_carts,
    count(*) FILTER (type = 'remove_from_cart') AS remove_from_carts,
    count(*) FILTER (type = 'checkout') AS checkouts,
    count(*) FILTER (is_purchase) AS purchases,
    count(*) FILTER (type = 'refund') AS refunds
  FROM by_dimension
  GROUP BY ALL
)
SELECT dimension, bucket_ms, is_bot, value, measure, amount::DECIMAL(38, 4) AS amount
FROM counts
UNPIVOT (
  amount FOR measure IN (
    events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, refunds))
UNION ALL
SELECT dimension, bucket_ms, is_bot, value, 'revenue ' || named_currency, sum(worth)
FROM by_dimension
WHERE is_purchase
GROUP BY ALL
UNION ALL
SELECT dimension, bucket_ms, is_bot, value, 'refunded ' || named_currency, sum(worth)
FROM by_dimension
WHERE type = 'refund'
GROUP BY ALL
