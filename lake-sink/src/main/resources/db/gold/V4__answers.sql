-- Business answers that follow from the rows of sessions and from the cells. Nothing is stored
-- twice: all of them are views. docs/gold-views.md defines each.

-- As before, but a time zone that this PostgreSQL does not know makes days null instead of making
-- every view with a day fail.
CREATE OR REPLACE VIEW gold.progress AS
  -- The outer aggregates change nothing. They keep PostgreSQL from reading the time zone anew for
  -- each row of a query.
  SELECT
    max(time_zone) AS time_zone,
    max(settled_until) AS settled_until,
    max((settled_until AT TIME ZONE time_zone)::date) AS settled_day
  FROM (
    SELECT
      CASE
        -- PostgreSQL reads the sign of a zone like +02:00 the other way round.
        WHEN zone ~ '[+-]\d\d:\d\d(:\d\d)?$'
          THEN regexp_replace(zone, '^.*([+-])(\d\d:\d\d(:\d\d)?)$', '<\1\2>')
            || translate(substring(zone FROM '[+-]\d\d:\d\d(?::\d\d)?$'), '+-', '-+')
        WHEN zone <> '' AND pg_input_is_valid('2000-01-01 00:00:00 ' || zone, 'timestamptz')
          THEN zone
      END AS time_zone,
      settled_until
    FROM (
      SELECT
        (array_agg(zone ORDER BY settled_until DESC))[1] AS zone,
        min(settled_until) AS settled_until
      FROM (
        SELECT DISTINCT ON (partition) value AS zone, settled_until
        FROM gold.cell_versions WHERE subject = 'progress'
        ORDER BY partition, settled_until DESC) AS of_partition) AS of_all) AS readable;
COMMENT ON COLUMN gold.progress.time_zone IS
  'the site''s time zone, in which days begin, as PostgreSQL reads it; null if PostgreSQL does not know it';
COMMENT ON COLUMN gold.progress.settled_day IS
  'the day of settled_until; all days before are final; null if PostgreSQL does not know the time zone';

-- For the sessions of one person, and for all visitors in order.
CREATE INDEX session_revisions_by_visitor
  ON gold.session_revisions (visitor_id, start_time, session_key) INCLUDE (end_time)
  WHERE NOT retracted AND NOT is_bot;
-- For carts.
CREATE INDEX session_revisions_of_carts
  ON gold.session_revisions (visitor_id, start_time, session_key)
  INCLUDE (end_time, add_to_carts, purchases)
  WHERE NOT retracted AND NOT is_bot AND (add_to_carts > 0 OR purchases > 0);
CREATE INDEX session_revisions_by_user
  ON gold.session_revisions (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX identity_versions_by_user ON gold.identity_versions (user_id);

CREATE VIEW gold.people_sessions AS
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
    campaign_source, campaign_medium, campaign_name, device, country
  FROM gold.session_revisions CROSS JOIN gold.progress
  WHERE NOT retracted AND NOT is_bot;
COMMENT ON VIEW gold.people_sessions IS
  'The closed sessions of people with their days in the site''s time zone; the base of other views';

CREATE FUNCTION gold.added_revenue(
  least_currency text, greatest_currency text, amount numeric, revenues jsonb[], amounts bigint)
  RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN revenues IS NULL THEN '{}'
    -- Most sums have one currency, and the function is slow.
    WHEN least_currency = greatest_currency AND amounts = cardinality(revenues)
      THEN jsonb_build_object(least_currency, amount)
    ELSE gold.sum_revenue(revenues)
  END;
COMMENT ON FUNCTION gold.added_revenue IS
  'Adds revenues up by currency; amounts is the number of them that have exactly one currency';

CREATE VIEW gold.user_metrics AS
  SELECT
    kind, person_id,
    count(*) AS sessions,
    sum(events)::bigint AS events,
    sum(purchases)::bigint AS purchases,
    gold.added_revenue(
      min(only_currency), max(only_currency), sum(only_amount),
      array_agg(revenue) FILTER (WHERE revenue <> '{}'), count(only_amount)) AS revenue,
    (avg(duration_ms) / 1000)::numeric(20, 3) AS avg_duration_s,
    min(start_time) AS first_seen,
    max(end_time) AS last_seen,
    count(*) FILTER (WHERE is_1d) AS sessions_1d,
    count(*) FILTER (WHERE is_7d) AS sessions_7d,
    count(*) FILTER (WHERE is_30d) AS sessions_30d,
    coalesce(sum(purchases) FILTER (WHERE is_1d), 0)::bigint AS purchases_1d,
    coalesce(sum(purchases) FILTER (WHERE is_7d), 0)::bigint AS purchases_7d,
    coalesce(sum(purchases) FILTER (WHERE is_30d), 0)::bigint AS purchases_30d,
    gold.added_revenue(
      min(only_currency) FILTER (WHERE is_1d), max(only_currency) FILTER (WHERE is_1d),
      sum(only_amount) FILTER (WHERE is_1d),
      array_agg(revenue) FILTER (WHERE is_1d AND revenue <> '{}'),
      count(only_amount) FILTER (WHERE is_1d)) AS revenue_1d,
    gold.added_revenue(
      min(only_currency) FILTER (WHERE is_7d), max(only_currency) FILTER (WHERE is_7d),
      sum(only_amount) FILTER (WHERE is_7d),
      array_agg(revenue) FILTER (WHERE is_7d AND revenue <> '{}'),
      count(only_amount) FILTER (WHERE is_7d)) AS revenue_7d,
    gold.added_revenue(
      min(only_currency) FILTER (WHERE is_30d), max(only_currency) FILTER (WHERE is_30d),
      sum(only_amount) FILTER (WHERE is_30d),
      array_agg(revenue) FILTER (WHERE is_30d AND revenue <> '{}'),
      count(only_amount) FILTER (WHERE is_30d)) AS revenue_30d
  FROM (
    SELECT
      kind, person_id, start_time, end_time, duration_ms, events, purchases,
      revenue_by_currency AS revenue, only_currency, only_amount,
      start_time > now() - interval '24 hours' AND start_time <= now() AS is_1d,
      start_time > now() - interval '168 hours' AND start_time <= now() AS is_7d,
      start_time > now() - interval '720 hours' AND start_time <= now() AS is_30d
    FROM (
      -- Three parts, so that a condition on person_id uses an index.
      SELECT
        'user' AS kind, user_id AS person_id, start_time, end_time, duration_ms,
        events, purchases, revenue_by_currency, only_currency, only_amount
      FROM gold.people_sessions AS session WHERE user_id IS NOT NULL
      UNION ALL
      SELECT
        'user', of_visitor.user_id, start_time, end_time, duration_ms,
        events, purchases, revenue_by_currency, only_currency, only_amount
      FROM gold.people_sessions AS session
      JOIN gold.identities AS of_visitor ON of_visitor.visitor_id = session.visitor_id
      WHERE session.user_id IS NULL
      UNION ALL
      SELECT
        'visitor', visitor_id, start_time, end_time, duration_ms,
        events, purchases, revenue_by_currency, only_currency, only_amount
      FROM gold.people_sessions AS session
      WHERE user_id IS NULL AND NOT EXISTS (
        SELECT FROM gold.identities AS of_visitor
        WHERE of_visitor.visitor_id = session.visitor_id)) AS of_person) AS dated
  GROUP BY kind, person_id;
COMMENT ON VIEW gold.user_metrics IS
  'One row per person: a user with all anonymous ids, or a visitor of whom no user is known';
COMMENT ON COLUMN gold.user_metrics.kind IS
  'user: person_id is a user id; visitor: an anonymous id without a known user';
COMMENT ON COLUMN gold.user_metrics.person_id IS 'the user id or the anonymous id';
COMMENT ON COLUMN gold.user_metrics.sessions IS 'closed sessions';
COMMENT ON COLUMN gold.user_metrics.events IS 'events of the sessions';
COMMENT ON COLUMN gold.user_metrics.purchases IS 'purchases in the sessions';
COMMENT ON COLUMN gold.user_metrics.revenue IS
  'exact amounts by currency; the key is empty where none was given';
COMMENT ON COLUMN gold.user_metrics.avg_duration_s IS 'mean duration of a session, in seconds';
COMMENT ON COLUMN gold.user_metrics.first_seen IS 'start of the first session';
COMMENT ON COLUMN gold.user_metrics.last_seen IS 'end of the last session';
COMMENT ON COLUMN gold.user_metrics.sessions_1d IS 'sessions that started in the last 24 hours';
COMMENT ON COLUMN gold.user_metrics.sessions_7d IS 'sessions that started in the last 7 times 24 hours';
COMMENT ON COLUMN gold.user_metrics.sessions_30d IS
  'sessions that started in the last 30 times 24 hours';
COMMENT ON COLUMN gold.user_metrics.purchases_1d IS 'purchases in the sessions of sessions_1d';
COMMENT ON COLUMN gold.user_metrics.purchases_7d IS 'purchases in the sessions of sessions_7d';
COMMENT ON COLUMN gold.user_metrics.purchases_30d IS 'purchases in the sessions of sessions_30d';
COMMENT ON COLUMN gold.user_metrics.revenue_1d IS 'revenue of the sessions of sessions_1d, by currency';
COMMENT ON COLUMN gold.user_metrics.revenue_7d IS 'revenue of the sessions of sessions_7d, by currency';
COMMENT ON COLUMN gold.user_metrics.revenue_30d IS
  'revenue of the sessions of sessions_30d, by currency';

CREATE VIEW gold.cart_abandonment AS
  SELECT
    day,
    count(*) AS carts,
    count(DISTINCT visitor_id) AS visitors,
    count(*) FILTER (WHERE is_bought) AS purchased,
    count(*) FILTER (WHERE is_left AND is_recovered) AS recovered,
    count(*) FILTER (WHERE is_left AND NOT is_recovered) AS abandoned,
    count(*) FILTER (WHERE NOT is_bought AND NOT is_left) AS open,
    (count(*) FILTER (WHERE is_left)::numeric
      / nullif(count(*) FILTER (WHERE is_bought OR is_left), 0))::numeric(20, 6)
      AS abandonment_rate,
    (count(*) FILTER (WHERE is_left AND is_recovered)::numeric
      / nullif(count(*) FILTER (WHERE is_left), 0))::numeric(20, 6) AS recovery_rate
  FROM (
    SELECT
      visitor_id,
      (array_agg(end_day ORDER BY place DESC))[1] AS day,
      bool_or(purchases > 0) AS is_bought,
      NOT bool_or(purchases > 0) AND max(end_time) + interval '24 hours' <= now() AS is_left,
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
          visitor_id, session_key, start_time, end_time, end_day, add_to_carts, purchases,
          coalesce(lag(purchases) OVER of_visitor > 0
            OR lag(end_time) OVER of_visitor + interval '24 hours' <= start_time, true)
            AS begins_cart,
          min(start_time) FILTER (WHERE purchases > 0) OVER (
            of_visitor ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_purchase
        FROM gold.people_sessions
        WHERE add_to_carts > 0 OR purchases > 0
        WINDOW of_visitor AS (PARTITION BY visitor_id ORDER BY start_time, session_key)) AS active
      WINDOW earlier AS (PARTITION BY visitor_id ORDER BY start_time, session_key)) AS numbered
    GROUP BY visitor_id, cart
    HAVING bool_or(add_to_carts > 0)) AS of_cart
  GROUP BY day;
COMMENT ON VIEW gold.cart_abandonment IS
  'Carts of visitors by the day of their last activity: purchased, recovered, abandoned or open';
COMMENT ON COLUMN gold.cart_abandonment.day IS
  'the day in the site''s time zone on which the last session of the cart ended';
COMMENT ON COLUMN gold.cart_abandonment.carts IS
  'carts: purchased + recovered + abandoned + open';
COMMENT ON COLUMN gold.cart_abandonment.visitors IS 'distinct visitors of the carts';
COMMENT ON COLUMN gold.cart_abandonment.purchased IS 'carts with a purchase in one of their sessions';
COMMENT ON COLUMN gold.cart_abandonment.recovered IS
  'carts without a purchase for 24 hours whose visitor purchased within 30 times 24 hours';
COMMENT ON COLUMN gold.cart_abandonment.abandoned IS
  'carts without a purchase for 24 hours, and not recovered';
COMMENT ON COLUMN gold.cart_abandonment.open IS
  'carts without a purchase whose last session ended less than 24 hours ago';
COMMENT ON COLUMN gold.cart_abandonment.abandonment_rate IS
  '(abandoned + recovered) / (carts - open); null without such carts';
COMMENT ON COLUMN gold.cart_abandonment.recovery_rate IS
  'recovered / (abandoned + recovered); null without such carts';

CREATE VIEW gold.funnel_daily AS
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
        day, device, country, campaign_source,
        count(*) AS sessions,
        count(*) FILTER (WHERE product_views > 0) AS viewed,
        count(*) FILTER (WHERE product_views > 0 AND add_to_carts > 0) AS carted,
        count(*) FILTER (WHERE product_views > 0 AND add_to_carts > 0 AND checkouts > 0)
          AS checked_out,
        count(*) FILTER (
          WHERE product_views > 0 AND add_to_carts > 0 AND checkouts > 0 AND purchases > 0)
          AS purchased
      FROM gold.people_sessions
      GROUP BY day, device, country, campaign_source) AS of_day
    CROSS JOIN LATERAL (VALUES
      ('', ''),
      ('device', coalesce(device, '')),
      ('country', coalesce(country, '')),
      ('source', coalesce(campaign_source, ''))) AS segment (dimension, value)
    GROUP BY day, dimension, value) AS counted
  CROSS JOIN gold.progress;
COMMENT ON VIEW gold.funnel_daily IS
  'Sessions of people by the steps that they reached, in any order, by the day of their start';
COMMENT ON COLUMN gold.funnel_daily.day IS 'the day in the site''s time zone on which the session started';
COMMENT ON COLUMN gold.funnel_daily.dimension IS 'device, country or source; empty for the total';
COMMENT ON COLUMN gold.funnel_daily.value IS 'value of the dimension; empty where it is not known';
COMMENT ON COLUMN gold.funnel_daily.sessions IS 'closed sessions';
COMMENT ON COLUMN gold.funnel_daily.viewed IS 'sessions with a product_view';
COMMENT ON COLUMN gold.funnel_daily.carted IS 'those of viewed that have an add_to_cart, too';
COMMENT ON COLUMN gold.funnel_daily.checked_out IS 'those of carted that have a checkout, too';
COMMENT ON COLUMN gold.funnel_daily.purchased IS 'those of checked_out that have a purchase, too';
COMMENT ON COLUMN gold.funnel_daily.completion_rate IS 'purchased / viewed; null without viewed';
COMMENT ON COLUMN gold.funnel_daily.is_final IS 'true: no event can change the row any more';

CREATE VIEW gold.life_cycle_daily AS
  SELECT
    day,
    visitors,
    new_visitors,
    retained,
    returning_visitors,
    -- Visitors of the day before who are not among those of this day.
    yesterday - retained AS lost,
    coalesce(day < settled_day, false) AS is_final
  FROM (
    SELECT
      each.day, settled_day,
      coalesce(visitors, 0) AS visitors,
      coalesce(new_visitors, 0) AS new_visitors,
      coalesce(retained, 0) AS retained,
      coalesce(returning_visitors, 0) AS returning_visitors,
      coalesce(lag(visitors) OVER (ORDER BY each.day), 0) AS yesterday
    FROM (
      SELECT
        settled_day,
        generate_series(min(day)::timestamp, max(day)::timestamp, interval '1 day')::date AS day
      FROM gold.visitors_daily CROSS JOIN gold.progress GROUP BY settled_day) AS each
    LEFT JOIN (
      SELECT
        day,
        sum(visitors)::bigint AS visitors,
        coalesce(sum(visitors) FILTER (WHERE value = ''), 0)::bigint AS new_visitors,
        coalesce(sum(visitors) FILTER (WHERE value = '1'), 0)::bigint AS retained,
        coalesce(sum(visitors) FILTER (WHERE value NOT IN ('', '1')), 0)::bigint
          AS returning_visitors
      FROM gold.visitors_daily
      WHERE dimension = 'previous_day' AND NOT is_bot
      GROUP BY day) AS active ON active.day = each.day) AS counted;
COMMENT ON VIEW gold.life_cycle_daily IS
  'Active visitors of a day: new, retained, returning, and those that were lost since the day before';
COMMENT ON COLUMN gold.life_cycle_daily.day IS 'the day in the site''s time zone';
COMMENT ON COLUMN gold.life_cycle_daily.visitors IS
  'active visitors: new_visitors + retained + returning_visitors';
COMMENT ON COLUMN gold.life_cycle_daily.new_visitors IS 'visitors without an earlier active day';
COMMENT ON COLUMN gold.life_cycle_daily.retained IS 'visitors who were active on the day before, too';
COMMENT ON COLUMN gold.life_cycle_daily.returning_visitors IS
  'visitors whose previous active day lies farther back';
COMMENT ON COLUMN gold.life_cycle_daily.lost IS
  'visitors of the day before who are not active on this day';
COMMENT ON COLUMN gold.life_cycle_daily.is_final IS 'true: no event can change the row any more';

CREATE VIEW gold.visitor_days AS
  SELECT
    visitor_id,
    cohort_day,
    day,
    CASE WHEN day = first_day THEN earlier_day ELSE day - 1 END AS previous_day
  FROM (
    SELECT
      visitor_id, cohort_day, first_day, earlier_day,
      first_day + generate_series(0, end_day - first_day) AS day
    FROM (
      SELECT
        visitor_id, end_day, earlier_day,
        coalesce(cohort_day, day) AS cohort_day,
        greatest(day, earlier_day + 1) AS first_day
      FROM (
        SELECT
          visitor_id, day, end_day,
          min(day) OVER earlier AS cohort_day,
          max(end_day) OVER earlier AS earlier_day
        FROM gold.people_sessions
        WINDOW earlier AS (
          PARTITION BY visitor_id ORDER BY start_time, session_key
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS of_session) AS fresh
    WHERE first_day <= end_day) AS active;
COMMENT ON VIEW gold.visitor_days IS
  'The days on which a visitor had a session of a person, each once; the base of retention';
COMMENT ON COLUMN gold.visitor_days.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.visitor_days.cohort_day IS 'the first day of the visitor';
COMMENT ON COLUMN gold.visitor_days.day IS 'a day in the site''s time zone, of which a session has a part';
COMMENT ON COLUMN gold.visitor_days.previous_day IS
  'the previous such day of the visitor; null for the first one';

CREATE VIEW gold.retention_daily AS
  WITH counted AS MATERIALIZED (
    SELECT cohort_day, day, count(*) AS visitors FROM gold.visitor_days GROUP BY cohort_day, day)
  SELECT
    cohort.cohort_day,
    cell.number AS day_number,
    cohort.visitors AS cohort_visitors,
    coalesce(active.visitors, 0) AS visitors,
    (coalesce(active.visitors, 0)::numeric / cohort.visitors)::numeric(20, 6) AS retention_rate,
    coalesce(cohort.cohort_day + cell.number < settled_day, false) AS is_final
  FROM counted AS cohort
  CROSS JOIN generate_series(0, 30) AS cell (number)
  CROSS JOIN gold.progress
  LEFT JOIN counted AS active
    ON active.cohort_day = cohort.cohort_day AND active.day = cohort.cohort_day + cell.number
  WHERE cohort.day = cohort.cohort_day
    AND cohort.cohort_day + cell.number <= (SELECT max(day) FROM counted);
COMMENT ON VIEW gold.retention_daily IS
  'Visitors by their first day who were active 0 to 30 days later';
COMMENT ON COLUMN gold.retention_daily.cohort_day IS 'the first day of the visitors';
COMMENT ON COLUMN gold.retention_daily.day_number IS 'days after the first one, 0 to 30';
COMMENT ON COLUMN gold.retention_daily.cohort_visitors IS 'visitors whose first day is cohort_day';
COMMENT ON COLUMN gold.retention_daily.visitors IS
  'those of them who were active on the day cohort_day + day_number';
COMMENT ON COLUMN gold.retention_daily.retention_rate IS 'visitors / cohort_visitors';
COMMENT ON COLUMN gold.retention_daily.is_final IS
  'false: the day is not over, or events can still change it';

CREATE VIEW gold.retention_weekly AS
  WITH counted AS MATERIALIZED (
    SELECT cohort_week, week, count(*) AS visitors
    FROM (
      SELECT
        day - (extract(isodow FROM day)::integer - 1) AS week,
        previous_day - (extract(isodow FROM previous_day)::integer - 1) AS previous_week,
        cohort_day - (extract(isodow FROM cohort_day)::integer - 1) AS cohort_week
      FROM gold.visitor_days) AS of_day
    -- The first active day of the visitor in the week stands for the others.
    WHERE previous_week IS NULL OR previous_week < week
    GROUP BY cohort_week, week)
  SELECT
    cohort.cohort_week,
    cell.number AS week_number,
    cohort.visitors AS cohort_visitors,
    coalesce(active.visitors, 0) AS visitors,
    (coalesce(active.visitors, 0)::numeric / cohort.visitors)::numeric(20, 6) AS retention_rate,
    coalesce(cohort.cohort_week + 7 * (cell.number + 1) <= settled_day, false) AS is_final
  FROM counted AS cohort
  CROSS JOIN generate_series(0, 52) AS cell (number)
  CROSS JOIN gold.progress
  LEFT JOIN counted AS active
    ON active.cohort_week = cohort.cohort_week
    AND active.week = cohort.cohort_week + 7 * cell.number
  WHERE cohort.week = cohort.cohort_week
    AND cohort.cohort_week + 7 * cell.number <= (SELECT max(week) FROM counted);
COMMENT ON VIEW gold.retention_weekly IS
  'Visitors by their first week who were active 0 to 52 weeks later';
COMMENT ON COLUMN gold.retention_weekly.cohort_week IS
  'the Monday of the week with the first day of the visitors';
COMMENT ON COLUMN gold.retention_weekly.week_number IS 'weeks after the first one, 0 to 52';
COMMENT ON COLUMN gold.retention_weekly.cohort_visitors IS
  'visitors whose first day lies in the week of cohort_week';
COMMENT ON COLUMN gold.retention_weekly.visitors IS
  'those of them who were active in the week that begins 7 * week_number days later';
COMMENT ON COLUMN gold.retention_weekly.retention_rate IS 'visitors / cohort_visitors';
COMMENT ON COLUMN gold.retention_weekly.is_final IS
  'false: the week is not over, or events can still change it';

CREATE VIEW gold.distributions AS
  SELECT
    day, measure, lower_bound,
    -- The lower bound of the next class; null for the last one.
    CASE measure
      WHEN 'events' THEN (ARRAY[2, 3, 4, 6, 11, 21, 51, 101])[class]
      WHEN 'pages' THEN (ARRAY[1, 2, 3, 4, 6, 11, 21])[class]
      ELSE (ARRAY[1, 10, 30, 60, 180, 600, 1800, 3600])[class]
    END AS upper_bound,
    sessions,
    coalesce(day < settled_day, false) AS is_final
  FROM (
    SELECT
      day, measure, class,
      CASE measure
        WHEN 'events' THEN (ARRAY[1, 2, 3, 4, 6, 11, 21, 51, 101])[class]
        WHEN 'pages' THEN (ARRAY[0, 1, 2, 3, 4, 6, 11, 21])[class]
        ELSE (ARRAY[0, 1, 10, 30, 60, 180, 600, 1800, 3600])[class]
      END AS lower_bound,
      sum(of_day.sessions)::bigint AS sessions
    FROM (
      SELECT
        day,
        width_bucket(events, ARRAY[1, 2, 3, 4, 6, 11, 21, 51, 101]) AS of_events,
        width_bucket(page_views, ARRAY[0, 1, 2, 3, 4, 6, 11, 21]) AS of_pages,
        width_bucket(
          duration_ms,
          ARRAY[0, 1000, 10000, 30000, 60000, 180000, 600000, 1800000, 3600000]::bigint[])
          AS of_duration,
        count(*) AS sessions
      FROM gold.people_sessions
      GROUP BY day, of_events, of_pages, of_duration) AS of_day
    CROSS JOIN LATERAL (VALUES
      ('events', of_events),
      ('pages', of_pages),
      ('duration_s', of_duration)) AS measured (measure, class)
    GROUP BY day, measure, class) AS counted
  CROSS JOIN gold.progress;
COMMENT ON VIEW gold.distributions IS
  'Sessions of people by classes of events, page views and duration, by the day of their start';
COMMENT ON COLUMN gold.distributions.day IS 'the day in the site''s time zone on which the session started';
COMMENT ON COLUMN gold.distributions.measure IS
  'events; pages: page views; duration_s: seconds from the first to the last event';
COMMENT ON COLUMN gold.distributions.lower_bound IS 'the least value of the class';
COMMENT ON COLUMN gold.distributions.upper_bound IS
  'the least value that is above the class; null for the last class';
COMMENT ON COLUMN gold.distributions.sessions IS
  'closed sessions; a class without sessions has no row';
COMMENT ON COLUMN gold.distributions.is_final IS 'true: no event can change the row any more';

CREATE VIEW gold.heatmap AS
  SELECT
    day,
    extract(isodow FROM day)::integer AS weekday,
    hour,
    sessions, events, converted_sessions,
    coalesce(day < settled_day, false) AS is_final
  FROM (
    SELECT
      day,
      extract(hour FROM local_start)::integer AS hour,
      count(*) AS sessions,
      sum(events)::bigint AS events,
      count(*) FILTER (WHERE purchases > 0) AS converted_sessions
    FROM gold.people_sessions
    GROUP BY day, hour) AS counted
  CROSS JOIN gold.progress;
COMMENT ON VIEW gold.heatmap IS
  'Sessions of people by day, weekday and hour of their start in the site''s time zone';
COMMENT ON COLUMN gold.heatmap.day IS 'the day in the site''s time zone on which the session started';
COMMENT ON COLUMN gold.heatmap.weekday IS '1 is Monday, 7 is Sunday';
COMMENT ON COLUMN gold.heatmap.hour IS
  'the hour of the site''s clock, 0 to 23; when clocks are set back, one hour counts for two';
COMMENT ON COLUMN gold.heatmap.sessions IS 'closed sessions; an hour without sessions has no row';
COMMENT ON COLUMN gold.heatmap.events IS 'events of the sessions';
COMMENT ON COLUMN gold.heatmap.converted_sessions IS 'sessions with a purchase';
COMMENT ON COLUMN gold.heatmap.is_final IS 'true: no event can change the row any more';

CREATE VIEW gold.touch_daily AS
  SELECT
    day, touch, source, medium, campaign,
    conversions, purchases, revenue,
    coalesce(day < settled_day, false) AS is_final
  FROM (
    SELECT
      day, touch, source, medium, campaign,
      count(*) AS conversions,
      sum(purchases)::bigint AS purchases,
      gold.added_revenue(
        min(only_currency), max(only_currency), sum(only_amount),
        array_agg(revenue_by_currency) FILTER (WHERE revenue_by_currency <> '{}'),
        count(only_amount)) AS revenue
    FROM (
      SELECT
        bought.day, bought.purchases, bought.revenue_by_currency, bought.only_currency,
        bought.only_amount,
        bought.campaign_source AS last_source,
        bought.campaign_medium AS last_medium,
        bought.campaign_name AS last_campaign,
        first.campaign_source, first.campaign_medium, first.campaign_name
      FROM gold.people_sessions AS bought
      CROSS JOIN LATERAL (
        SELECT campaign_source, campaign_medium, campaign_name
        FROM gold.people_sessions AS earlier
        WHERE earlier.visitor_id = bought.visitor_id
        ORDER BY start_time, session_key LIMIT 1) AS first
      WHERE bought.purchases > 0) AS conversion
    CROSS JOIN LATERAL (VALUES
      ('first', coalesce(campaign_source, ''), coalesce(campaign_medium, ''),
        coalesce(campaign_name, '')),
      ('last', coalesce(last_source, ''), coalesce(last_medium, ''),
        coalesce(last_campaign, ''))) AS of_touch (touch, source, medium, campaign)
    GROUP BY day, touch, source, medium, campaign) AS counted
  CROSS JOIN gold.progress;
COMMENT ON VIEW gold.touch_daily IS
  'Conversions by the campaign of the visitor''s first session and by that of the converting session';
COMMENT ON COLUMN gold.touch_daily.day IS
  'the day in the site''s time zone on which the converting session started';
COMMENT ON COLUMN gold.touch_daily.touch IS
  'first: of the visitor''s first session; last: of the converting session. Do not add them up';
COMMENT ON COLUMN gold.touch_daily.source IS 'utm_source; empty where none was given';
COMMENT ON COLUMN gold.touch_daily.medium IS 'utm_medium; empty where none was given';
COMMENT ON COLUMN gold.touch_daily.campaign IS 'utm_campaign; empty where none was given';
COMMENT ON COLUMN gold.touch_daily.conversions IS 'sessions of people with a purchase';
COMMENT ON COLUMN gold.touch_daily.purchases IS 'purchases in these sessions';
COMMENT ON COLUMN gold.touch_daily.revenue IS
  'exact amounts by currency; the key is empty where none was given';
COMMENT ON COLUMN gold.touch_daily.is_final IS
  'true: no event can change the conversions of the day any more';

-- The columns of the base view that it takes from the table have the table's comments.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT shown.attname, col_description(stored.attrelid, stored.attnum) AS comment
    FROM pg_attribute AS stored
    JOIN pg_attribute AS shown ON shown.attname = stored.attname
    WHERE stored.attrelid = 'gold.session_revisions'::regclass AND stored.attnum > 0
      AND shown.attrelid = 'gold.people_sessions'::regclass
  LOOP
    EXECUTE format('COMMENT ON COLUMN gold.people_sessions.%I IS %L', one.attname, one.comment);
  END LOOP;
END
$$;
COMMENT ON COLUMN gold.people_sessions.day IS
  'the day in the site''s time zone on which the session started; null if the zone is not known';
COMMENT ON COLUMN gold.people_sessions.end_day IS
  'the day in the site''s time zone of the last event; null if the zone is not known';
COMMENT ON COLUMN gold.people_sessions.local_start IS
  'the start by the site''s clock; null if the zone is not known';
COMMENT ON COLUMN gold.people_sessions.only_currency IS
  'the currency, if revenue has one; null if it has none or several';
COMMENT ON COLUMN gold.people_sessions.only_amount IS
  'the amount in only_currency; null if there is none';
