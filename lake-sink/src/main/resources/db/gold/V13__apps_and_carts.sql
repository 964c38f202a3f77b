-- The app of a session, and apps in the funnels; what a session leaves in its cart, and the value of the carts of
-- visitors. In rows of sessions that an earlier version of Weir wrote both columns are null, until the session is
-- revised.

ALTER TABLE gold.session_revisions ADD COLUMN app_id text, ADD COLUMN cart_value jsonb;
COMMENT ON COLUMN gold.session_revisions.app_id IS 'the first app_id that an event of the session names';

COMMENT ON COLUMN gold.session_revisions.cart_value IS
  'value of add_to_cart events less that of remove_from_cart events, by currency; negative where more was removed';

CREATE OR REPLACE FUNCTION pg_temp.append(shown regclass, added text, source text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE OR REPLACE VIEW %s AS SELECT %s, %s FROM %s',
    shown,
    (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = shown AND attnum > 0 AND NOT attisdropped),
    added,
    source);
END
$$;
SELECT pg_temp.append('gold.session_metrics', 'app_id, cart_value', 'gold.session_revisions WHERE NOT retracted');
SELECT pg_temp.append('bi.fact_session', 'app_id, cart_value', 'gold.session_metrics');
COMMENT ON COLUMN gold.session_metrics.app_id IS 'the first app_id that an event of the session names';
COMMENT ON COLUMN gold.session_metrics.cart_value IS
  'value of add_to_cart events less that of remove_from_cart events, by currency; negative where more was removed';
COMMENT ON COLUMN bi.fact_session.app_id IS 'the first app_id that an event of the session names';
COMMENT ON COLUMN bi.fact_session.cart_value IS
  'value of add_to_cart events less that of remove_from_cart events, by currency; negative where more was removed';

CREATE OR REPLACE VIEW gold.people_sessions AS
  SELECT
    (start_time AT TIME ZONE time_zone)::date AS day,
    (end_time AT TIME ZONE time_zone)::date AS end_day,
    start_time AT TIME ZONE time_zone AS local_start,
    session_key, visitor_id, user_id, start_time, end_time, duration_ms, events, page_views,
    product_views, add_to_carts, checkouts, purchases,
    revenue_by_currency,
    -- The currency and the amount, if the session has exactly one currency.
    CASE WHEN revenue_by_currency = jsonb_build_object(coalesce(currency, ''), revenue)
      THEN currency END AS only_currency,
    CASE WHEN revenue_by_currency = jsonb_build_object(coalesce(currency, ''), revenue)
      THEN revenue END AS only_amount,
    campaign_source, campaign_medium, campaign_name, device, country, remove_from_carts,
    app_id, cart_value
  FROM gold.session_revisions CROSS JOIN gold.progress
  WHERE NOT retracted AND NOT is_bot;
COMMENT ON COLUMN gold.people_sessions.app_id IS 'the first app_id that an event of the session names';
COMMENT ON COLUMN gold.people_sessions.cart_value IS
  'value of add_to_cart events less that of remove_from_cart events, by currency; negative where more was removed';

CREATE OR REPLACE VIEW gold.funnel_daily AS
  SELECT
    day, dimension, value, sessions, viewed, carted, checked_out, purchased,
    (purchased::numeric / nullif(viewed, 0))::numeric(20, 6) AS completion_rate,
    coalesce(day < settled_day, false) AS is_final
  FROM (
    SELECT
      day, dimension, value,
      sum(of_day.sessions)::bigint AS sessions,
      sum(of_day.viewed)::bigint AS viewed,
      sum(of_day.carted)::bigint AS carted,
      sum(of_day.checked_out)::bigint AS checked_out,
      sum(of_day.purchased)::bigint AS purchased
    FROM (
      SELECT
        day, device, country, app_id, campaign_source,
        count(*) AS sessions,
        count(*) FILTER (WHERE product_views > 0) AS viewed,
        count(*) FILTER (WHERE product_views > 0 AND add_to_carts > 0) AS carted,
        count(*) FILTER (WHERE product_views > 0 AND add_to_carts > 0 AND checkouts > 0)
          AS checked_out,
        count(*) FILTER (
          WHERE product_views > 0 AND add_to_carts > 0 AND checkouts > 0 AND purchases > 0)
          AS purchased
      FROM gold.people_sessions
      GROUP BY day, device, country, app_id, campaign_source) AS of_day
    CROSS JOIN LATERAL (VALUES
      ('', ''),
      ('device', coalesce(device, '')),
      ('country', coalesce(country, '')),
      ('app', coalesce(app_id, '')),
      ('source', coalesce(campaign_source, ''))) AS segment (dimension, value)
    GROUP BY day, dimension, value) AS counted
  CROSS JOIN gold.progress;
COMMENT ON COLUMN gold.funnel_daily.dimension IS 'device, country, app or source; empty for the total';

CREATE OR REPLACE VIEW gold.funnel_ordered_daily AS
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
        ('app', coalesce(app_id, '')),
        ('source', coalesce(campaign_source, ''))) AS segment (dimension, value)
      WHERE NOT retracted AND NOT is_bot AND funnel_step IS NOT NULL) AS session
    GROUP BY day, dimension, value) AS counted;
COMMENT ON COLUMN gold.funnel_ordered_daily.dimension IS
  'device, country, app or source (of the campaign); empty for all sessions of the day';

CREATE FUNCTION gold.positive(amounts jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(
    (SELECT jsonb_object_agg(one.key, one.value) FROM jsonb_each(amounts) AS one WHERE one.value::numeric > 0), '{}');
COMMENT ON FUNCTION gold.positive IS 'The amounts above zero; an empty object for none';

CREATE OR REPLACE VIEW gold.cart_abandonment AS
  SELECT
    day,
    count(*) AS carts,
    count(DISTINCT visitor_id) AS visitors,
    count(*) FILTER (WHERE is_bought) AS purchased,
    count(*) FILTER (WHERE is_left AND is_recovered) AS recovered,
    count(*) FILTER (WHERE is_left AND NOT is_recovered) AS abandoned,
    count(*) FILTER (WHERE NOT is_bought AND NOT is_emptied AND NOT is_left) AS open,
    (count(*) FILTER (WHERE is_left)::numeric
      / nullif(count(*) FILTER (WHERE is_bought OR is_left), 0))::numeric(20, 6)
      AS abandonment_rate,
    (count(*) FILTER (WHERE is_left AND is_recovered)::numeric
      / nullif(count(*) FILTER (WHERE is_left), 0))::numeric(20, 6) AS recovery_rate,
    count(*) FILTER (WHERE is_emptied) AS emptied,
    coalesce(
      gold.sum_revenue(array_agg(cart_value) FILTER (WHERE is_left AND NOT is_recovered)), '{}') AS abandoned_value,
    coalesce(gold.sum_revenue(array_agg(cart_value) FILTER (WHERE is_left AND is_recovered)), '{}') AS recovered_value
  FROM (
    SELECT
      visitor_id,
      (array_agg(end_day ORDER BY place DESC))[1] AS day,
      bool_or(purchases > 0) AS is_bought,
      NOT bool_or(purchases > 0) AND sum(remove_from_carts) >= sum(add_to_carts) AS is_emptied,
      NOT bool_or(purchases > 0) AND sum(remove_from_carts) < sum(add_to_carts)
        AND max(end_time) + interval '24 hours' <= now() AS is_left,
      coalesce(
        (array_agg(next_purchase ORDER BY place DESC))[1]
          <= max(end_time) + interval '720 hours', false) AS is_recovered,
      gold.positive(gold.sum_revenue(array_agg(cart_value) FILTER (WHERE cart_value <> '{}'))) AS cart_value
    FROM (
      SELECT
        *,
        count(*) FILTER (WHERE begins_cart) OVER earlier AS cart,
        row_number() OVER earlier AS place
      FROM (
        SELECT
          visitor_id, session_key, start_time, end_time, end_day, add_to_carts, remove_from_carts, purchases,
          cart_value,
          coalesce(lag(purchases) OVER of_visitor > 0
            OR lag(end_time) OVER of_visitor + interval '24 hours' <= start_time, true)
            AS begins_cart,
          min(start_time) FILTER (WHERE purchases > 0) OVER (
            of_visitor ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_purchase
        FROM gold.people_sessions
        WHERE add_to_carts > 0 OR remove_from_carts > 0 OR purchases > 0
        WINDOW of_visitor AS (PARTITION BY visitor_id ORDER BY start_time, session_key)) AS active
      WINDOW earlier AS (PARTITION BY visitor_id ORDER BY start_time, session_key)) AS numbered
    GROUP BY visitor_id, cart
    HAVING bool_or(add_to_carts > 0)) AS of_cart
  GROUP BY day;
COMMENT ON COLUMN gold.cart_abandonment.abandoned_value IS
  'value of the abandoned carts by currency: what was put in less what was taken out, for each cart at least zero';
COMMENT ON COLUMN gold.cart_abandonment.recovered_value IS
  'value of the recovered carts by currency, as they were left: not what was bought later';
