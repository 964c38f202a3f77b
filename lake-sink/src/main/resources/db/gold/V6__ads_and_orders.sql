-- Clicks that follow an impression of their ad, ads by day, repeated orders, and refunds. In
-- rows of sessions that an earlier version of Weir wrote the columns are null, until the session is revised.

ALTER TABLE gold.session_revisions
  ADD COLUMN matched_clicks integer,
  ADD COLUMN repeated_purchases integer,
  ADD COLUMN refunds integer,
  ADD COLUMN refunded jsonb;
COMMENT ON COLUMN gold.session_revisions.refunds IS 'events of type refund';
COMMENT ON COLUMN gold.session_revisions.refunded IS
  'amounts of the refunds by currency; not subtracted from revenue';
COMMENT ON COLUMN gold.session_revisions.repeated_purchases IS
  'events of type purchase whose order_id an earlier one of the session had; not part of purchases and revenue';
COMMENT ON COLUMN gold.session_revisions.matched_clicks IS
  'events of type ad_click that follow an ad_impression of the same ad within 30 minutes';
ALTER TABLE gold.cell_versions
  ADD COLUMN matched_clicks bigint NOT NULL DEFAULT 0,
  ADD COLUMN refunds bigint NOT NULL DEFAULT 0,
  ADD COLUMN refunded jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN gold.cell_versions.refunds IS 'events of type refund';
COMMENT ON COLUMN gold.cell_versions.refunded IS
  'exact amounts of the refunds by currency; not subtracted from revenue';
COMMENT ON COLUMN gold.cell_versions.matched_clicks IS
  'events of type ad_click that follow an ad_impression of the same ad within 30 minutes';

CREATE OR REPLACE VIEW gold.cells AS
  SELECT
    cell_key, version, updated_at, subject, grain, bucket_start, is_bot, dimension, value,
    partition, sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, quantity,
    visitors, revenue, only_currency, only_amount, settled_until, matched_clicks, refunds, refunded
  FROM gold.cell_versions WHERE NOT retracted;

CREATE OR REPLACE VIEW gold.session_metrics AS
  SELECT
    session_key, version, updated_at, visitor_id, user_id, start_time, end_time, duration_ms,
    visitor_session_number, ms_since_previous_session, events, page_views, product_views, searches,
    ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, identifies,
    page_pings, other_events, late_events, unique_pages, unique_products, unique_categories,
    revenue, currency, revenue_by_currency, entry_page, exit_page, referrer_class, referrer_domain,
    campaign_source, campaign_medium, campaign_name, device, browser, os, country, city, is_bot,
    is_bounce, is_converted, is_cart_abandoned, bot_reason, engaged_ms, is_single_view_bounce,
    is_engaged, funnel_step, funnel_view_time, funnel_cart_time, funnel_checkout_time,
    funnel_purchase_time, matched_clicks, repeated_purchases, refunds, refunded
  FROM gold.session_revisions WHERE NOT retracted;

CREATE OR REPLACE VIEW bi.fact_session AS
  SELECT
    session_key, version, updated_at, visitor_id, user_id, start_time, end_time, duration_ms,
    visitor_session_number, ms_since_previous_session, events, page_views, product_views, searches,
    ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, identifies,
    page_pings, other_events, late_events, unique_pages, unique_products, unique_categories,
    revenue, currency, revenue_by_currency, entry_page, exit_page, referrer_class, referrer_domain,
    campaign_source, campaign_medium, campaign_name, device, browser, os, country, city, is_bot,
    is_bounce, is_converted, is_cart_abandoned, bot_reason, engaged_ms, is_single_view_bounce,
    is_engaged, funnel_step, funnel_view_time, funnel_cart_time, funnel_checkout_time,
    funnel_purchase_time, matched_clicks, repeated_purchases, refunds, refunded
  FROM gold.session_metrics;

CREATE OR REPLACE VIEW gold.sums AS
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
    END AS revenue,
    matched_clicks,
    refunds,
    CASE WHEN refundeds IS NULL THEN '{}' ELSE gold.sum_revenue(refundeds) END AS refunded
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
      sum(matched_clicks)::bigint AS matched_clicks,
      sum(refunds)::bigint AS refunds,
      array_agg(refunded) FILTER (WHERE refunded <> '{}') AS refundeds,
      min(only_currency) AS least_currency,
      max(only_currency) AS greatest_currency,
      bool_or(only_currency IS NULL AND revenue <> '{}') AS has_several,
      sum(only_amount) AS amount,
      array_agg(revenue) FILTER (WHERE revenue <> '{}') AS revenues
    FROM gold.cell_versions
    WHERE subject <> 'progress'
    GROUP BY subject, grain, bucket_start, is_bot, dimension, value) AS cell;

CREATE OR REPLACE VIEW gold.sessions_15m AS
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
    coalesce(bucket_start + interval '15 minutes' <= settled_until, false) AS is_final,
    matched_clicks,
    (matched_clicks::numeric / nullif(ad_impressions, 0))::numeric(20, 6) AS ctr,
    refunds,
    refunded
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'sessions' AND grain = '15m';

CREATE OR REPLACE VIEW gold.sessions_daily AS
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
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final,
    matched_clicks,
    (matched_clicks::numeric / nullif(ad_impressions, 0))::numeric(20, 6) AS ctr,
    refunds,
    refunded
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'sessions' AND grain = 'day';

CREATE OR REPLACE VIEW bi.sessions_15m AS
  SELECT
    bucket_start, is_bot, dimension, value, sessions, converted_sessions, bounced_sessions,
    cart_sessions, checkout_sessions, abandoned_sessions, duration_ms, events, page_views,
    product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, late_events, conversion_rate, bounce_rate, cart_abandonment_rate,
    avg_duration_s, is_final, matched_clicks, ctr, refunds
  FROM gold.sessions_15m;

CREATE OR REPLACE VIEW bi.sessions_daily AS
  SELECT
    bucket_start, day, is_bot, dimension, value, sessions, converted_sessions, bounced_sessions,
    cart_sessions, checkout_sessions, abandoned_sessions, duration_ms, events, page_views,
    product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts,
    purchases, late_events, conversion_rate, bounce_rate, cart_abandonment_rate,
    avg_duration_s, is_final, matched_clicks, ctr, refunds
  FROM gold.sessions_daily;

CREATE VIEW gold.ads_daily AS
  SELECT
    bucket_start, day, is_bot, value AS ad, ad_impressions, ad_clicks, matched_clicks, ctr,
    (ad_clicks::numeric / nullif(ad_impressions, 0))::numeric(20, 6) AS click_through_rate,
    is_final
  FROM gold.sessions_daily WHERE dimension = 'ad';
COMMENT ON VIEW gold.ads_daily IS
  'Impressions and clicks of each ad in closed sessions, by the day on which the session started';
COMMENT ON COLUMN gold.ads_daily.ad IS 'ad_id of the events; empty where they name none';
COMMENT ON COLUMN gold.ads_daily.click_through_rate IS
  'ad_clicks / ad_impressions; null without ad_impressions';

-- Each view's new column has the comment of the column of the same name that it is made of.
COMMENT ON COLUMN gold.sessions_15m.ctr IS
  'matched_clicks / ad_impressions; null without ad_impressions';
COMMENT ON COLUMN gold.sessions_daily.ctr IS
  'matched_clicks / ad_impressions; null without ad_impressions';
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.cell_versions'::regclass, 'gold.cells'::regclass),
      ('gold.cell_versions'::regclass, 'gold.sums'::regclass),
      ('gold.cell_versions'::regclass, 'gold.sessions_15m'::regclass),
      ('gold.cell_versions'::regclass, 'gold.sessions_daily'::regclass),
      ('gold.session_revisions'::regclass, 'gold.session_metrics'::regclass),
      ('gold.session_revisions'::regclass, 'bi.fact_session'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attname IN (
      'matched_clicks', 'repeated_purchases', 'refunds', 'refunded')
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.sessions_15m'::regclass, 'bi.sessions_15m'::regclass),
      ('gold.sessions_daily'::regclass, 'bi.sessions_daily'::regclass),
      ('gold.sessions_daily'::regclass, 'gold.ads_daily'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
