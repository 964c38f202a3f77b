-- Goals: what sessions have fulfilled, in total, by all dimensions of sessions and by goal. In rows of sessions that an
-- earlier version of Weir wrote the column is null, until the session is revised.

ALTER TABLE gold.session_revisions ADD COLUMN goals jsonb;
COMMENT ON COLUMN gold.session_revisions.goals IS
  'goals that the session has fulfilled, by name: events, and their value by currency';
ALTER TABLE gold.cell_versions
  ADD COLUMN goal_events bigint NOT NULL DEFAULT 0,
  ADD COLUMN goal_sessions bigint NOT NULL DEFAULT 0,
  ADD COLUMN goal_value jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN gold.cell_versions.goal_events IS 'events that fulfil a goal, for each goal';
COMMENT ON COLUMN gold.cell_versions.goal_sessions IS 'sessions with an event that fulfils a goal';
COMMENT ON COLUMN gold.cell_versions.goal_value IS
  'exact value of the events that fulfil a goal, for each goal, by currency';
ALTER TABLE gold.erased
  ADD COLUMN goal_events bigint NOT NULL DEFAULT 0,
  ADD COLUMN goal_sessions bigint NOT NULL DEFAULT 0,
  ADD COLUMN goal_value jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN gold.erased.goal_events IS 'events that fulfil a goal, for each goal';
COMMENT ON COLUMN gold.erased.goal_sessions IS 'sessions with an event that fulfils a goal';
COMMENT ON COLUMN gold.erased.goal_value IS
  'exact value of the events that fulfil a goal, for each goal, by currency';

-- A view can only be replaced by all its columns and new ones behind them. These views list columns of one relation, so
-- the columns that they have are taken from the catalog.
CREATE FUNCTION pg_temp.append(shown regclass, added text, source text) RETURNS void LANGUAGE plpgsql AS $$
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
SELECT pg_temp.append('gold.cells', 'goal_events, goal_sessions, goal_value', 'gold.cell_versions WHERE NOT retracted');
SELECT pg_temp.append('gold.session_metrics', 'goals', 'gold.session_revisions WHERE NOT retracted');
SELECT pg_temp.append('bi.fact_session', 'goals', 'gold.session_metrics');

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
    CASE WHEN refundeds IS NULL THEN '{}' ELSE gold.sum_revenue(refundeds) END AS refunded,
    goal_events,
    goal_sessions,
    CASE WHEN goal_values IS NULL THEN '{}' ELSE gold.sum_revenue(goal_values) END AS goal_value
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
      sum(goal_events)::bigint AS goal_events,
      sum(goal_sessions)::bigint AS goal_sessions,
      array_agg(goal_value) FILTER (WHERE goal_value <> '{}') AS goal_values,
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
    refunded,
    goal_events,
    goal_sessions,
    CASE WHEN dimension <> 'goal' THEN (goal_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) END AS goal_rate,
    goal_value
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
    refunded,
    goal_events,
    goal_sessions,
    CASE WHEN dimension <> 'goal' THEN (goal_sessions::numeric / nullif(sessions, 0))::numeric(20, 6) END AS goal_rate,
    goal_value
  FROM gold.sums CROSS JOIN gold.progress
  WHERE subject = 'sessions' AND grain = 'day';

SELECT pg_temp.append('bi.sessions_15m', 'goal_events, goal_sessions, goal_rate', 'gold.sessions_15m');
SELECT pg_temp.append('bi.sessions_daily', 'goal_events, goal_sessions, goal_rate', 'gold.sessions_daily');

CREATE VIEW gold.goals_daily AS
  SELECT
    goal.bucket_start, goal.day, goal.is_bot, goal.value AS goal, goal.goal_events, goal.goal_sessions,
    total.sessions,
    (goal.goal_sessions::numeric / nullif(total.sessions, 0))::numeric(20, 6) AS goal_rate,
    goal.goal_value, goal.is_final
  FROM gold.sessions_daily AS goal
  LEFT JOIN gold.sessions_daily AS total
    ON total.dimension = '' AND total.bucket_start = goal.bucket_start AND total.is_bot = goal.is_bot
  WHERE goal.dimension = 'goal';
COMMENT ON VIEW gold.goals_daily IS
  'Goals that closed sessions have fulfilled, by the day on which the session started';
COMMENT ON COLUMN gold.goals_daily.goal IS 'name of the goal in the file of goals';
COMMENT ON COLUMN gold.goals_daily.sessions IS 'all sessions of the day and side, with a goal or without';
COMMENT ON COLUMN gold.goals_daily.goal_rate IS 'goal_sessions / sessions; null without sessions';
COMMENT ON COLUMN gold.sessions_15m.goal_rate IS
  'goal_sessions / sessions; null without sessions, and for a goal: see gold.goals_daily';
COMMENT ON COLUMN gold.sessions_daily.goal_rate IS
  'goal_sessions / sessions; null without sessions, and for a goal: see gold.goals_daily';

-- Each further new column has the comment of the column that it is made of.
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
      ('gold.session_revisions'::regclass, 'bi.fact_session'::regclass),
      ('gold.cell_versions'::regclass, 'bi.sessions_15m'::regclass),
      ('gold.cell_versions'::regclass, 'bi.sessions_daily'::regclass),
      ('gold.sessions_15m'::regclass, 'bi.sessions_15m'::regclass),
      ('gold.sessions_daily'::regclass, 'bi.sessions_daily'::regclass),
      ('gold.cell_versions'::regclass, 'gold.goals_daily'::regclass),
      ('gold.sessions_daily'::regclass, 'gold.goals_daily'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
    WHERE col_description(pair.shown, shown.attnum) IS NULL
      AND col_description(pair.stored, stored.attnum) IS NOT NULL
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;

-- A field that a cell does not have is zero.
CREATE OR REPLACE FUNCTION gold.add_erased(added jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  cell gold.erased;
  nothing gold.erased;
BEGIN
  nothing := jsonb_populate_record(NULL::gold.erased, '{
    "sessions": 0, "converted_sessions": 0, "bounced_sessions": 0, "cart_sessions": 0, "checkout_sessions": 0,
    "abandoned_sessions": 0, "duration_ms": 0, "events": 0, "page_views": 0, "product_views": 0, "searches": 0,
    "ad_impressions": 0, "ad_clicks": 0, "add_to_carts": 0, "remove_from_carts": 0, "checkouts": 0, "purchases": 0,
    "late_events": 0, "matched_clicks": 0, "refunds": 0, "goal_events": 0, "goal_sessions": 0, "revenue": {},
    "refunded": {}, "goal_value": {}}');
  FOR cell IN
    SELECT * FROM jsonb_populate_recordset(nothing, added)
    ORDER BY grain, dimension, bucket_start, is_bot, value
  LOOP
    INSERT INTO gold.erased AS had SELECT cell.*
    ON CONFLICT (grain, dimension, bucket_start, is_bot, value) DO UPDATE SET
      sessions = had.sessions + EXCLUDED.sessions,
      converted_sessions = had.converted_sessions + EXCLUDED.converted_sessions,
      bounced_sessions = had.bounced_sessions + EXCLUDED.bounced_sessions,
      cart_sessions = had.cart_sessions + EXCLUDED.cart_sessions,
      checkout_sessions = had.checkout_sessions + EXCLUDED.checkout_sessions,
      abandoned_sessions = had.abandoned_sessions + EXCLUDED.abandoned_sessions,
      duration_ms = had.duration_ms + EXCLUDED.duration_ms,
      events = had.events + EXCLUDED.events,
      page_views = had.page_views + EXCLUDED.page_views,
      product_views = had.product_views + EXCLUDED.product_views,
      searches = had.searches + EXCLUDED.searches,
      ad_impressions = had.ad_impressions + EXCLUDED.ad_impressions,
      ad_clicks = had.ad_clicks + EXCLUDED.ad_clicks,
      add_to_carts = had.add_to_carts + EXCLUDED.add_to_carts,
      remove_from_carts = had.remove_from_carts + EXCLUDED.remove_from_carts,
      checkouts = had.checkouts + EXCLUDED.checkouts,
      purchases = had.purchases + EXCLUDED.purchases,
      late_events = had.late_events + EXCLUDED.late_events,
      matched_clicks = had.matched_clicks + EXCLUDED.matched_clicks,
      refunds = had.refunds + EXCLUDED.refunds,
      revenue = gold.add_amounts(had.revenue, EXCLUDED.revenue),
      refunded = gold.add_amounts(had.refunded, EXCLUDED.refunded),
      goal_events = had.goal_events + EXCLUDED.goal_events,
      goal_sessions = had.goal_sessions + EXCLUDED.goal_sessions,
      goal_value = gold.add_amounts(had.goal_value, EXCLUDED.goal_value);
  END LOOP;
END
$$;
