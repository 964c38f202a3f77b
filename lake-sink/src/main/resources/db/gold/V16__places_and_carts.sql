-- Ads by the position and by the page where they were; products that are left in carts; events that came too late for
-- any session. In rows of sessions that an earlier version of Weir wrote cart_products is null, until the session is
-- revised.

CREATE VIEW gold.ad_positions_daily AS
  SELECT
    bucket_start, day, is_bot, value AS position, ad_impressions, ad_clicks, matched_clicks, ctr,
    (ad_clicks::numeric / nullif(ad_impressions, 0))::numeric(20, 6) AS click_through_rate,
    is_final
  FROM gold.sessions_daily WHERE dimension = 'position';
COMMENT ON VIEW gold.ad_positions_daily IS
  'Impressions and clicks of ads at each position in closed sessions, by the day on which the session started';
COMMENT ON COLUMN gold.ad_positions_daily.position IS 'property position of the events; empty where they name none';

CREATE VIEW gold.ad_pages_daily AS
  SELECT
    bucket_start, day, is_bot, value AS page, ad_impressions, ad_clicks, matched_clicks, ctr,
    (ad_clicks::numeric / nullif(ad_impressions, 0))::numeric(20, 6) AS click_through_rate,
    is_final
  FROM gold.sessions_daily WHERE dimension = 'page';
COMMENT ON VIEW gold.ad_pages_daily IS
  'Impressions and clicks of ads on each page in closed sessions, by the day on which the session started';
COMMENT ON COLUMN gold.ad_pages_daily.page IS 'page of the events; empty where they name none';

ALTER TABLE gold.session_revisions ADD COLUMN cart_products jsonb;
COMMENT ON COLUMN gold.session_revisions.cart_products IS
  'products added to the cart less those removed from it: product, category, quantity, value by currency';
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
SELECT pg_temp.append('gold.session_metrics', 'cart_products', 'gold.session_revisions WHERE NOT retracted');
SELECT pg_temp.append('bi.fact_session', 'cart_products', 'gold.session_metrics');

-- The carts of visitors, one row each: what gold.cart_abandonment counts.
CREATE VIEW gold.visitor_carts AS
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
    gold.positive(gold.sum_revenue(array_agg(cart_value) FILTER (WHERE cart_value <> '{}'))) AS cart_value,
    array_agg(session_key) AS session_keys
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
  HAVING bool_or(add_to_carts > 0);
COMMENT ON VIEW gold.visitor_carts IS
  'Carts of visitors: runs of sessions with events of the cart, as gold.cart_abandonment counts them';
COMMENT ON COLUMN gold.visitor_carts.visitor_id IS 'anonymous id';
COMMENT ON COLUMN gold.visitor_carts.day IS 'day of the end of the last session of the cart';
COMMENT ON COLUMN gold.visitor_carts.is_bought IS 'with a purchase';
COMMENT ON COLUMN gold.visitor_carts.is_emptied IS 'no purchase, and as many remove_from_cart as add_to_cart or more';
COMMENT ON COLUMN gold.visitor_carts.is_left IS 'neither purchased nor emptied, and 24 hours old';
COMMENT ON COLUMN gold.visitor_carts.is_recovered IS
  'a purchase of the visitor began within 30 times 24 hours after the end';
COMMENT ON COLUMN gold.visitor_carts.cart_value IS 'value of what is left, by currency';
COMMENT ON COLUMN gold.visitor_carts.session_keys IS 'sessions of the cart';

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
  FROM gold.visitor_carts
  GROUP BY day;

CREATE VIEW gold.abandoned_products AS
  SELECT
    day,
    product,
    -- Visitors may see a product in several categories.
    coalesce(min(category COLLATE "C"), '') AS category,
    count(*) AS carts,
    sum(quantity)::numeric(38, 0) AS quantity,
    coalesce(gold.sum_revenue(array_agg(value) FILTER (WHERE value <> '{}')), '{}') AS value
  FROM (
    SELECT
      cart.visitor_id, cart.session_keys, cart.day, line.product,
      min(line.category COLLATE "C") AS category,
      sum(line.quantity) AS quantity,
      gold.positive(gold.sum_revenue(array_agg(line.value) FILTER (WHERE line.value <> '{}'))) AS value
    FROM gold.visitor_carts AS cart
    JOIN gold.session_revisions AS session
      ON session.session_key = ANY (cart.session_keys) AND NOT session.retracted
    CROSS JOIN LATERAL jsonb_to_recordset(session.cart_products)
      AS line (product text, category text, quantity bigint, value jsonb)
    WHERE cart.is_left AND NOT cart.is_recovered
    GROUP BY cart.visitor_id, cart.session_keys, cart.day, line.product
    HAVING sum(line.quantity) > 0) AS abandoned
  GROUP BY day, product;
COMMENT ON VIEW gold.abandoned_products IS
  'Products that are left in the abandoned carts of visitors, by the day of their last activity';
COMMENT ON COLUMN gold.abandoned_products.day IS 'day of the end of the last session of the carts';
COMMENT ON COLUMN gold.abandoned_products.product IS 'product_id';
COMMENT ON COLUMN gold.abandoned_products.category IS 'the first in the order of the alphabet; empty for none';
COMMENT ON COLUMN gold.abandoned_products.carts IS 'abandoned carts with the product';
COMMENT ON COLUMN gold.abandoned_products.quantity IS 'pieces that are left in these carts';
COMMENT ON COLUMN gold.abandoned_products.value IS
  'their value by currency, for each cart at least zero; without products that have no price';

DO $$
DECLARE
  relation text;
BEGIN
  FOREACH relation IN ARRAY ARRAY['gold.cell_versions', 'gold.cells', 'gold.sums'] LOOP
    EXECUTE format(
      'COMMENT ON COLUMN %s.subject IS %L', relation,
      'sessions and carts (by the start of the session), events and products and late (by the time of the event), '
        'visitors, quality (by the time of processing), or progress');
    EXECUTE format(
      'COMMENT ON COLUMN %s.revenue IS %L', relation,
      'exact amounts by currency; the key is empty where none was given; of subject carts the value of what is left');
  END LOOP;
END
$$;

CREATE VIEW gold.carts_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    sessions, quantity, revenue AS left_value,
    coalesce((bucket_start AT TIME ZONE time_zone)::date < settled_day, false) AS is_final
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'carts' AND grain = 'day';
COMMENT ON VIEW gold.carts_daily IS
  'What sessions with an add_to_cart and no purchase left in the cart, by the day on which the session started';
COMMENT ON COLUMN gold.carts_daily.day IS 'the day in WEIR_SITE_TIME_ZONE';
COMMENT ON COLUMN gold.carts_daily.sessions IS 'sessions that left a cart; of a product, those that left it';
COMMENT ON COLUMN gold.carts_daily.quantity IS 'pieces of products that are left';
COMMENT ON COLUMN gold.carts_daily.left_value IS
  'exact value of what is left, by currency; of a product, of its pieces with a price';

CREATE VIEW gold.late_15m AS
  SELECT
    bucket_start, is_bot, dimension, value,
    events AS late_excluded_events, purchases AS late_excluded_purchases, revenue AS late_excluded_revenue
  FROM gold.sums WHERE subject = 'late' AND grain = '15m';
COMMENT ON VIEW gold.late_15m IS
  'Events that came too late for any session, by their time: in no other view, and never final';
CREATE VIEW gold.late_daily AS
  SELECT
    bucket_start, (bucket_start AT TIME ZONE time_zone)::date AS day, is_bot, dimension, value,
    events AS late_excluded_events, purchases AS late_excluded_purchases, revenue AS late_excluded_revenue
  FROM gold.sums CROSS JOIN gold.progress WHERE subject = 'late' AND grain = 'day';
COMMENT ON VIEW gold.late_daily IS
  'Events that came too late for any session, by the day of their time: in no other view, and never final';
COMMENT ON COLUMN gold.late_daily.day IS 'the day in WEIR_SITE_TIME_ZONE';
COMMENT ON COLUMN gold.late_15m.late_excluded_events IS 'events, each as it came: a repeated one is not recognized';
COMMENT ON COLUMN gold.late_daily.late_excluded_events IS 'events, each as it came: a repeated one is not recognized';
COMMENT ON COLUMN gold.late_15m.late_excluded_purchases IS 'purchases among these events';
COMMENT ON COLUMN gold.late_daily.late_excluded_purchases IS 'purchases among these events';
COMMENT ON COLUMN gold.late_15m.late_excluded_revenue IS 'exact value of these purchases, by currency';
COMMENT ON COLUMN gold.late_daily.late_excluded_revenue IS 'exact value of these purchases, by currency';

-- Each further column has the comment of the column that it is made of.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.session_revisions'::regclass, 'gold.session_metrics'::regclass),
      ('gold.session_revisions'::regclass, 'bi.fact_session'::regclass),
      ('gold.sessions_daily'::regclass, 'gold.carts_daily'::regclass),
      ('gold.sessions_15m'::regclass, 'gold.late_15m'::regclass),
      ('gold.sessions_daily'::regclass, 'gold.late_daily'::regclass),
      ('gold.ads_daily'::regclass, 'gold.ad_positions_daily'::regclass),
      ('gold.ads_daily'::regclass, 'gold.ad_pages_daily'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
    WHERE col_description(pair.shown, shown.attnum) IS NULL
      AND col_description(pair.stored, stored.attnum) IS NOT NULL
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
