-- Engagement and the ordered funnel of each session. Both are null in rows that an earlier version of
-- Weir wrote, until the session is revised.

ALTER TABLE gold.session_revisions
  ADD COLUMN engaged_ms bigint,
  ADD COLUMN is_single_view_bounce boolean,
  ADD COLUMN is_engaged boolean,
  ADD COLUMN funnel_step integer,
  ADD COLUMN funnel_view_time timestamptz,
  ADD COLUMN funnel_cart_time timestamptz,
  ADD COLUMN funnel_checkout_time timestamptz,
  ADD COLUMN funnel_purchase_time timestamptz;
COMMENT ON COLUMN gold.session_revisions.engaged_ms IS
  '10 s for each ten seconds of the clock with a page_ping, in milliseconds';
COMMENT ON COLUMN gold.session_revisions.is_single_view_bounce IS
  'true: one page_view, and else only page_ping, ad_impression and identify';
COMMENT ON COLUMN gold.session_revisions.is_engaged IS
  'true: engaged for 10 s, two page views or a purchase';
COMMENT ON COLUMN gold.session_revisions.funnel_step IS
  'the furthest step reached in order: 1 product_view, 2 add_to_cart, 3 checkout, 4 purchase; 0 none';
COMMENT ON COLUMN gold.session_revisions.funnel_view_time IS
  'time of the first product_view; null if there was none';
COMMENT ON COLUMN gold.session_revisions.funnel_cart_time IS
  'time of the first add_to_cart not before funnel_view_time; null if there was none';
COMMENT ON COLUMN gold.session_revisions.funnel_checkout_time IS
  'time of the first checkout not before funnel_cart_time; null if there was none';
COMMENT ON COLUMN gold.session_revisions.funnel_purchase_time IS
  'time of the first purchase not before funnel_checkout_time; null if there was none';

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
    funnel_purchase_time
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
    funnel_purchase_time
  FROM gold.session_metrics;

CREATE VIEW gold.funnel_ordered_daily AS
  SELECT
    day,
    dimension,
    value,
    sessions,
    view_sessions,
    cart_sessions,
    checkout_sessions,
    purchase_sessions,
    1 - cart_sessions::double precision / nullif(view_sessions, 0) AS view_drop_off,
    1 - checkout_sessions::double precision / nullif(cart_sessions, 0) AS cart_drop_off,
    1 - purchase_sessions::double precision / nullif(checkout_sessions, 0) AS checkout_drop_off,
    view_to_cart_s,
    cart_to_checkout_s,
    checkout_to_purchase_s,
    view_to_purchase_s
  FROM (
    SELECT
      day,
      dimension,
      value,
      count(*) AS sessions,
      count(*) FILTER (WHERE funnel_step >= 1) AS view_sessions,
      count(*) FILTER (WHERE funnel_step >= 2) AS cart_sessions,
      count(*) FILTER (WHERE funnel_step >= 3) AS checkout_sessions,
      count(*) FILTER (WHERE funnel_step >= 4) AS purchase_sessions,
      percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM funnel_cart_time - funnel_view_time)::double precision)
        AS view_to_cart_s,
      percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM funnel_checkout_time - funnel_cart_time)::double precision)
        AS cart_to_checkout_s,
      percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM funnel_purchase_time - funnel_checkout_time)::double precision)
        AS checkout_to_purchase_s,
      percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM funnel_purchase_time - funnel_view_time)::double precision)
        AS view_to_purchase_s
    FROM (
      SELECT
        (start_time AT TIME ZONE time_zone)::date AS day,
        segment.dimension,
        segment.value,
        funnel_step, funnel_view_time, funnel_cart_time, funnel_checkout_time, funnel_purchase_time
      FROM gold.session_revisions
      CROSS JOIN gold.progress
      CROSS JOIN LATERAL (VALUES
        ('', ''),
        ('device', coalesce(device, '')),
        ('country', coalesce(country, '')),
        ('source', coalesce(campaign_source, ''))) AS segment (dimension, value)
      WHERE NOT retracted AND NOT is_bot AND funnel_step IS NOT NULL) AS session
    GROUP BY day, dimension, value) AS counted;
COMMENT ON VIEW gold.funnel_ordered_daily IS
  'The steps view, cart, checkout and purchase that sessions of people reached in order, by the day of their start';
COMMENT ON COLUMN gold.funnel_ordered_daily.day IS 'day of the start, in the site''s time zone';
COMMENT ON COLUMN gold.funnel_ordered_daily.dimension IS
  'device, country or source (of the campaign); empty for all sessions of the day';
COMMENT ON COLUMN gold.funnel_ordered_daily.value IS
  'value of the dimension; empty if it is not known';
COMMENT ON COLUMN gold.funnel_ordered_daily.sessions IS
  'closed sessions of people that have a funnel_step';
COMMENT ON COLUMN gold.funnel_ordered_daily.view_sessions IS 'sessions with a product_view';
COMMENT ON COLUMN gold.funnel_ordered_daily.cart_sessions IS
  'sessions with an add_to_cart after the product_view';
COMMENT ON COLUMN gold.funnel_ordered_daily.checkout_sessions IS
  'sessions with a checkout after that add_to_cart';
COMMENT ON COLUMN gold.funnel_ordered_daily.purchase_sessions IS
  'sessions with a purchase after that checkout';
COMMENT ON COLUMN gold.funnel_ordered_daily.view_drop_off IS
  'share of view_sessions without the next step; null if there is none';
COMMENT ON COLUMN gold.funnel_ordered_daily.cart_drop_off IS
  'share of cart_sessions without the next step; null if there is none';
COMMENT ON COLUMN gold.funnel_ordered_daily.checkout_drop_off IS
  'share of checkout_sessions without the next step; null if there is none';
COMMENT ON COLUMN gold.funnel_ordered_daily.view_to_cart_s IS
  'median seconds between the steps, of the sessions that reached the later one';
COMMENT ON COLUMN gold.funnel_ordered_daily.cart_to_checkout_s IS
  'median seconds between the steps, of the sessions that reached the later one';
COMMENT ON COLUMN gold.funnel_ordered_daily.checkout_to_purchase_s IS
  'median seconds between the steps, of the sessions that reached the later one';
COMMENT ON COLUMN gold.funnel_ordered_daily.view_to_purchase_s IS
  'median seconds from the first step to the last, of the sessions that reached it';

-- Each view's new column has the comment of the table's column of the same name.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT shown, attname, col_description(attrelid, attnum) AS comment
    FROM pg_attribute
    CROSS JOIN (VALUES ('gold.session_metrics'), ('bi.fact_session')) AS view (shown)
    WHERE attrelid = 'gold.session_revisions'::regclass AND attnum > 0
      AND attname IN (
        'engaged_ms', 'is_single_view_bounce', 'is_engaged', 'funnel_step', 'funnel_view_time',
        'funnel_cart_time', 'funnel_checkout_time', 'funnel_purchase_time')
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
