-- Emptied carts. A removal is activity of a cart, too.

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
    campaign_source, campaign_medium, campaign_name, device, country, remove_from_carts
  FROM gold.session_revisions CROSS JOIN gold.progress
  WHERE NOT retracted AND NOT is_bot;
COMMENT ON COLUMN gold.people_sessions.remove_from_carts IS 'events of type remove_from_cart';

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
    count(*) FILTER (WHERE is_emptied) AS emptied
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
          <= max(end_time) + interval '720 hours', false) AS is_recovered
    FROM (
      SELECT
        *,
        count(*) FILTER (WHERE begins_cart) OVER earlier AS cart,
        row_number() OVER earlier AS place
      FROM (
        SELECT
          visitor_id, session_key, start_time, end_time, end_day, add_to_carts, remove_from_carts, purchases,
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
COMMENT ON VIEW gold.cart_abandonment IS
  'Carts of visitors by the day of their last activity: purchased, emptied, recovered, abandoned or open';
COMMENT ON COLUMN gold.cart_abandonment.carts IS
  'carts: purchased + emptied + recovered + abandoned + open';
COMMENT ON COLUMN gold.cart_abandonment.emptied IS
  'carts without a purchase, with as many remove_from_cart as add_to_cart or more';
COMMENT ON COLUMN gold.cart_abandonment.recovered IS
  'carts not emptied, without a purchase for 24 hours, whose visitor purchased within 30 times 24 hours';
COMMENT ON COLUMN gold.cart_abandonment.abandoned IS
  'carts not emptied, without a purchase for 24 hours, and not recovered';
COMMENT ON COLUMN gold.cart_abandonment.open IS
  'carts not emptied, without a purchase, whose last session ended less than 24 hours ago';
COMMENT ON COLUMN gold.cart_abandonment.abandonment_rate IS
  '(abandoned + recovered) / (carts - open - emptied); null without such carts';
