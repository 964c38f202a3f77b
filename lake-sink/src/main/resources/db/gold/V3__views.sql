-- Gold for analysts: the cells, added up over partitions, under stable names.

CREATE VIEW gold.progress AS
  SELECT
    time_zone,
    settled_until,
    (settled_until AT TIME ZONE time_zone)::date AS settled_day
  FROM (
    SELECT
      -- PostgreSQL reads the sign of a zone like +02:00 the other way round.
      CASE WHEN zone ~ '[+-]\d\d:\d\d$'
        THEN regexp_replace(zone, '^.*([+-])(\d\d:\d\d)$', '<\1\2>')
          || translate(substring(zone FROM '[+-]\d\d:\d\d$'), '+-', '-+')
        ELSE zone END AS time_zone,
      settled_until
    FROM (
      SELECT
        (array_agg(zone ORDER BY settled_until DESC))[1] AS zone,
        min(settled_until) AS settled_until
      FROM (
        SELECT DISTINCT ON (partition) value AS zone, settled_until
        FROM gold.cell_versions WHERE subject = 'progress'
        ORDER BY partition, settled_until DESC) AS of_partition) AS of_all) AS readable;
COMMENT ON VIEW gold.progress IS 'One row: how far the numbers of gold are final';
COMMENT ON COLUMN gold.progress.time_zone IS
  'the site''s time zone, in which days begin, as PostgreSQL reads it';
COMMENT ON COLUMN gold.progress.settled_until IS
  'no event before this time can change a number any more, in any partition';
COMMENT ON COLUMN gold.progress.settled_day IS 'the day of settled_until; all days before are final';

CREATE FUNCTION gold.sum_revenue(amounts jsonb[]) RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT jsonb_object_agg(currency, amount)
    FROM (
      SELECT one.key AS currency, sum(one.value::numeric) AS amount
      FROM unnest(amounts) AS of_partition (revenue), jsonb_each(of_partition.revenue) AS one
      GROUP BY one.key) AS added);
COMMENT ON FUNCTION gold.sum_revenue IS 'Adds amounts up by currency';

CREATE VIEW gold.sums AS
  SELECT
    subject, grain, bucket_start, is_bot, dimension, value,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, quantity,
    visitors,
    CASE WHEN revenues IS NULL THEN '{}'
      -- Most sums have one currency, and the function is slow.
      WHEN least_currency = greatest_currency AND NOT has_several
        THEN jsonb_build_object(least_currency, amount)
      ELSE gold.sum_revenue(revenues)
    END AS revenue
  FROM (
    SELECT
      subject, grain, bucket_start, is_bot, dimension, value,
      sum(sessions)::bigint AS sessions,
      sum(converted_sessions)::bigint AS converted_sessions,
      sum(bounced_sessions)::bigint AS bounced_sessions,
      sum(cart_sessions)::bigint AS cart_sessions,
      sum(checkout_sessions)::bigint AS checkout_sessions,
      sum(abandoned_sessions)::bigint AS abandoned_sessions,
      sum(duration_ms)::bigint AS duration_ms,
      sum(events)::bigint AS events,
      sum(page_views)::bigint AS page_views,
      sum(product_views)::bigint AS product_views,
      sum(searches)::bigint AS searches,
      sum(ad_impressions)::bigint AS ad_impressions,
      sum(ad_clicks)::bigint AS ad_clicks,
      sum(add_to_carts)::bigint AS add_to_carts,
      sum(remove_from_carts)::bigint AS remove_from_carts,
      sum(checkouts)::bigint AS checkouts,
      sum(purchases)::bigint AS purchases,
      sum(late_events)::bigint AS late_events,
      sum(quantity)::numeric(38, 0) AS quantity,
      sum(visitors)::bigint AS visitors,
      min(only_currency) AS least_currency,
      max(only_currency) AS greatest_currency,
      bool_or(only_currency IS NULL AND revenue <> '{}') AS has_several,
      sum(only_amount) AS amount,
      array_agg(revenue) FILTER (WHERE revenue <> '{}') AS revenues
    FROM gold.cell_versions
    WHERE subject <> 'progress'
    GROUP BY subject, grain, bucket_start, is_bot, dimension, value) AS cell;
COMMENT ON VIEW gold.sums IS 'The cells of all subjects and grains, added up over partitions';

CREATE VIEW gold.sessions_15m AS
  SELECT
    bucket_start, is_bot, dimension, value,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events,
    revenue,
    (converted_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) AS conversion_rate,
    (bounced_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) AS bounce_rate,
    (abandoned_sessions::numeric / nullif(cart_sessions, 0))::numeric(20, 6)
      AS cart_abandonment_rate,
    (duration_ms::numeric / 1000 / nullif(sessions, 0))::numeric(20, 3) AS avg_duration_s,
    coalesce(bucket_start + interval '15 minutes' <= settled_until, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'sessions' AND grain = '15m';
COMMENT ON VIEW gold.sessions_15m IS 'Closed sessions by the 15 minutes in which they started';

CREATE VIEW gold.sessions_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events,
    revenue,
    (converted_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) AS conversion_rate,
    (bounced_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) AS bounce_rate,
    (abandoned_sessions::numeric / nullif(cart_sessions, 0))::numeric(20, 6)
      AS cart_abandonment_rate,
    (duration_ms::numeric / 1000 / nullif(sessions, 0))::numeric(20, 3) AS avg_duration_s,
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'sessions' AND grain = 'day';
COMMENT ON VIEW gold.sessions_daily IS 'Closed sessions by the day on which they started';

CREATE VIEW gold.events_15m AS
  SELECT
    bucket_start, is_bot, dimension, value,
    events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts,
    remove_from_carts, checkouts, purchases, revenue,
    coalesce(bucket_start + interval '15 minutes' <= settled_until, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'events' AND grain = '15m';
COMMENT ON VIEW gold.events_15m IS 'Accepted events by 15 minutes';

CREATE VIEW gold.events_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts,
    remove_from_carts, checkouts, purchases, revenue,
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'events' AND grain = 'day';
COMMENT ON VIEW gold.events_daily IS 'Accepted events by day';

CREATE VIEW gold.products_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    product_views, add_to_carts, remove_from_carts, purchases, quantity, revenue,
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'products' AND grain = 'day';
COMMENT ON VIEW gold.products_daily IS 'Products and categories in accepted events, by day';

CREATE VIEW gold.visitors_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    visitors,
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'visitors' AND grain = 'day';
COMMENT ON VIEW gold.visitors_daily IS 'Visitors who were active on a day, by their previous active day';

-- For BI tools: a fact per session, and sums without JSON.
DO $$
BEGIN
  IF to_regnamespace('bi') IS NULL THEN
    CREATE SCHEMA bi;
  END IF;
END
$$;
COMMENT ON SCHEMA bi IS 'Relations for BI tools, with stable names';

CREATE VIEW bi.fact_session AS
  SELECT
    session_key, version, updated_at, visitor_id, user_id, start_time, end_time, duration_ms,
    visitor_session_number, ms_since_previous_session, events, page_views, product_views, searches,
    ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, identifies,
    page_pings, other_events, late_events, unique_pages, unique_products, unique_categories,
    revenue, currency, revenue_by_currency, entry_page, exit_page, referrer_class, referrer_domain,
    campaign_source, campaign_medium, campaign_name, device, browser, os, country, city, is_bot,
    is_bounce, is_converted, is_cart_abandoned, bot_reason
  FROM gold.session_metrics;
COMMENT ON VIEW bi.fact_session IS 'One row per closed session that is not retracted';

CREATE VIEW bi.sessions_15m AS
  SELECT
    bucket_start, is_bot, dimension, value, sessions, converted_sessions, bounced_sessions,
    cart_sessions, checkout_sessions, abandoned_sessions, duration_ms, events, page_views,
    product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, late_events, conversion_rate, bounce_rate, cart_abandonment_rate,
    avg_duration_s, is_final
  FROM gold.sessions_15m;
COMMENT ON VIEW bi.sessions_15m IS 'Closed sessions by the 15 minutes in which they started';

CREATE VIEW bi.sessions_daily AS
  SELECT
    bucket_start, day, is_bot, dimension, value, sessions, converted_sessions, bounced_sessions,
    cart_sessions, checkout_sessions, abandoned_sessions, duration_ms, events, page_views,
    product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, late_events, conversion_rate, bounce_rate, cart_abandonment_rate,
    avg_duration_s, is_final
  FROM gold.sessions_daily;
COMMENT ON VIEW bi.sessions_daily IS 'Closed sessions by the day on which they started';

CREATE VIEW bi.revenue_daily AS
  SELECT
    bucket_start, day, is_bot, dimension, of_day.value,
    one.key AS currency, one.value::numeric(38, 4) AS revenue, is_final
  FROM gold.sessions_daily AS of_day, jsonb_each(of_day.revenue) AS one;
COMMENT ON VIEW bi.revenue_daily IS
  'Revenue of closed sessions by the day on which they started, one row per currency';

-- Each view's column has the comment of the table's column of the same name.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.cell_versions'::regclass, 'gold.sums'::regclass),
      ('gold.cell_versions'::regclass, 'gold.sessions_15m'::regclass),
      ('gold.cell_versions'::regclass, 'gold.sessions_daily'::regclass),
      ('gold.cell_versions'::regclass, 'gold.events_15m'::regclass),
      ('gold.cell_versions'::regclass, 'gold.events_daily'::regclass),
      ('gold.cell_versions'::regclass, 'gold.products_daily'::regclass),
      ('gold.cell_versions'::regclass, 'gold.visitors_daily'::regclass),
      ('gold.session_metrics'::regclass, 'bi.fact_session'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;

-- The columns that only the views have.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT attrelid::regclass AS shown, attname, comment
    FROM pg_attribute
    JOIN (VALUES
      ('day', 'the day in the site''s time zone'),
      ('conversion_rate', 'converted_sessions / sessions; null without sessions'),
      ('bounce_rate', 'bounced_sessions / sessions; null without sessions'),
      ('cart_abandonment_rate', 'abandoned_sessions / cart_sessions; null without cart_sessions'),
      ('avg_duration_s', 'duration_ms / 1000 / sessions, in seconds; null without sessions'),
      ('is_final', 'true: no event can change the row any more'),
      ('currency', 'the currency; empty where none was given'))
      AS said (name, comment) ON name = attname
    WHERE attrelid IN (
      'gold.sessions_15m'::regclass, 'gold.sessions_daily'::regclass, 'gold.events_15m'::regclass,
      'gold.events_daily'::regclass, 'gold.products_daily'::regclass,
      'gold.visitors_daily'::regclass, 'bi.revenue_daily'::regclass)
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
COMMENT ON COLUMN bi.revenue_daily.revenue IS 'exact amount in the currency';
COMMENT ON COLUMN bi.revenue_daily.bucket_start IS 'start of the 15 minutes or of the day';
COMMENT ON COLUMN bi.revenue_daily.is_bot IS 'true: robots, false: people';
COMMENT ON COLUMN bi.revenue_daily.dimension IS 'the property that breaks the total down; empty for the total itself';
COMMENT ON COLUMN bi.revenue_daily.value IS 'value of the dimension; empty where it is not known';

-- A column of bi has the comment of gold's column of the same name.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.sessions_15m'::regclass, 'bi.sessions_15m'::regclass),
      ('gold.sessions_daily'::regclass, 'bi.sessions_daily'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
