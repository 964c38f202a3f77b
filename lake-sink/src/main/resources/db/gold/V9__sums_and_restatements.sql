-- Sums of the erased in a shorter form, an index for the retention of sessions, and matched clicks and refunds in
-- restatements.

-- Sums leave out what is zero, so that one document has more sessions.
CREATE OR REPLACE FUNCTION gold.add_erased(added jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  cell gold.erased;
  nothing gold.erased;
BEGIN
  nothing := jsonb_populate_record(NULL::gold.erased, '{
    "sessions": 0, "converted_sessions": 0, "bounced_sessions": 0, "cart_sessions": 0, "checkout_sessions": 0,
    "abandoned_sessions": 0, "duration_ms": 0, "events": 0, "page_views": 0, "product_views": 0, "searches": 0,
    "ad_impressions": 0, "ad_clicks": 0, "add_to_carts": 0, "remove_from_carts": 0, "checkouts": 0, "purchases": 0,
    "late_events": 0, "matched_clicks": 0, "refunds": 0, "revenue": {}, "refunded": {}}');
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
      refunded = gold.add_amounts(had.refunded, EXCLUDED.refunded);
  END LOOP;
END
$$;
-- Sums that wait for silver are those of one erasure.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'weir_reader') THEN
    REVOKE ALL ON gold.erasures FROM weir_reader;
  END IF;
END
$$;

-- For the retention of sessions, and for questions about a time. Not BRIN: retention frees pages that young rows fill
-- again, and the ranges of those pages would keep their old minimum, so that every run would read most of the table.
CREATE INDEX session_revisions_by_start ON gold.session_revisions (start_time);
CREATE INDEX score_revisions_by_start ON gold.score_revisions (session_start);

ALTER TABLE gold.kept ADD COLUMN sessions_from timestamptz NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN gold.kept.sessions_from IS
  'rows of sessions that start before are removed; one that a revision brings back is no restatement';

ALTER TABLE gold.restatements
  ADD COLUMN matched_clicks bigint,
  ADD COLUMN refunds bigint,
  ADD COLUMN refunded jsonb;
COMMENT ON COLUMN gold.restatements.matched_clicks IS
  'change of: events of type ad_click that follow an ad_impression of the same ad within 30 minutes;'
  ' null in rows of an earlier version';
COMMENT ON COLUMN gold.restatements.refunds IS
  'change of: events of type refund; null in rows of an earlier version';
COMMENT ON COLUMN gold.restatements.refunded IS
  'change of the amounts of the refunds by currency, without the currencies that stay;'
  ' null in rows of an earlier version';

-- Two functions with the same body. Arrays of rows, with which one function would do, take more than twice the time.
DO $generate$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT * FROM (VALUES
      ('write_restatements',
        'later_rows AS later JOIN former_rows AS former ON former.session_key = later.session_key'),
      -- The first row of a session without late events changes no number that anyone has seen. Of a session that
      -- retention may have deleted nobody knows whether it is the first row.
      ('write_late_sessions',
        '(SELECT * FROM later_rows WHERE late_events > 0 AND NOT retracted
            AND start_time >= (SELECT sessions_from FROM gold.kept)) AS later
          CROSS JOIN (SELECT (NULL::gold.session_revisions).*) AS former'))
      AS generated (name, rows)
  LOOP
    EXECUTE format($function$
CREATE OR REPLACE FUNCTION gold.%I() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO gold.restatements (
    restated_at, session_key, visitor_id, old_revision, new_revision, cause,
    bucket_start, start_time, is_bot,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, revenue,
    matched_clicks, refunds, refunded)
  SELECT
    now(),
    later.session_key,
    later.visitor_id,
    former.version,
    later.version,
    CASE
      WHEN later.retracted THEN 'retraction'
      WHEN former.session_key IS NULL OR former.retracted THEN
        CASE WHEN later.late_events > 0 THEN 'late_event' ELSE 'other' END
      WHEN former.is_bot IS DISTINCT FROM later.is_bot THEN 'bot'
      WHEN former.user_id IS DISTINCT FROM later.user_id THEN 'identity'
      WHEN later.late_events > former.late_events OR later.events > former.events
        THEN 'late_event'
      ELSE 'other'
    END,
    date_bin('15 minutes', side.start_time, 'epoch'),
    side.start_time,
    side.is_bot,
    plus - minus,
    CASE WHEN later.purchases > 0 THEN plus ELSE 0 END - CASE WHEN former.purchases > 0 THEN minus ELSE 0 END,
    CASE WHEN later.events = 1 THEN plus ELSE 0 END - CASE WHEN former.events = 1 THEN minus ELSE 0 END,
    CASE WHEN later.add_to_carts > 0 THEN plus ELSE 0 END - CASE WHEN former.add_to_carts > 0 THEN minus ELSE 0 END,
    CASE WHEN later.checkouts > 0 THEN plus ELSE 0 END - CASE WHEN former.checkouts > 0 THEN minus ELSE 0 END,
    CASE WHEN later.add_to_carts > 0 AND later.purchases = 0 THEN plus ELSE 0 END
      - CASE WHEN former.add_to_carts > 0 AND former.purchases = 0 THEN minus ELSE 0 END,
    coalesce(plus * later.duration_ms, 0) - coalesce(minus * former.duration_ms, 0),
    coalesce(plus * later.events, 0) - coalesce(minus * former.events, 0),
    coalesce(plus * later.page_views, 0) - coalesce(minus * former.page_views, 0),
    coalesce(plus * later.product_views, 0) - coalesce(minus * former.product_views, 0),
    coalesce(plus * later.searches, 0) - coalesce(minus * former.searches, 0),
    coalesce(plus * later.ad_impressions, 0) - coalesce(minus * former.ad_impressions, 0),
    coalesce(plus * later.ad_clicks, 0) - coalesce(minus * former.ad_clicks, 0),
    coalesce(plus * later.add_to_carts, 0) - coalesce(minus * former.add_to_carts, 0),
    coalesce(plus * later.remove_from_carts, 0) - coalesce(minus * former.remove_from_carts, 0),
    coalesce(plus * later.checkouts, 0) - coalesce(minus * former.checkouts, 0),
    coalesce(plus * later.purchases, 0) - coalesce(minus * former.purchases, 0),
    coalesce(plus * later.late_events, 0) - coalesce(minus * former.late_events, 0),
    CASE
      -- Most changes leave the revenue as it is, and the function is slow.
      WHEN plus = minus AND former.revenue_by_currency = later.revenue_by_currency THEN '{}'
      ELSE gold.revenue_change(
        CASE minus WHEN 1 THEN former.revenue_by_currency END,
        CASE plus WHEN 1 THEN later.revenue_by_currency END)
    END,
    coalesce(plus * later.matched_clicks, 0) - coalesce(minus * former.matched_clicks, 0),
    coalesce(plus * later.refunds, 0) - coalesce(minus * former.refunds, 0),
    CASE
      WHEN coalesce(former.refunded, '{}') = '{}' AND coalesce(later.refunded, '{}') = '{}' THEN '{}'
      WHEN plus = minus AND former.refunded = later.refunded THEN '{}'
      ELSE gold.revenue_change(
        CASE minus WHEN 1 THEN former.refunded END, CASE plus WHEN 1 THEN later.refunded END)
    END
  FROM %s
  CROSS JOIN LATERAL (
    SELECT
      NOT former.retracted AS was_there,
      NOT later.retracted AS is_there,
      former.start_time = later.start_time
        AND coalesce(former.is_bot, false) = coalesce(later.is_bot, false) AS stays) AS known
  -- What counted until now goes (minus), and what counts from now on is added (plus): on one side and at one start of
  -- the session, or on two.
  CROSS JOIN LATERAL (VALUES
    (former.start_time, coalesce(former.is_bot, false), was_there::integer::bigint,
      (stays AND is_there)::integer::bigint),
    (later.start_time, coalesce(later.is_bot, false), 0,
      (is_there AND stays IS NOT TRUE)::integer::bigint))
    AS side (start_time, is_bot, minus, plus)
  WHERE minus + plus > 0 AND side.start_time IS NOT NULL;
  RETURN NULL;
END
$body$
$function$, one.name, one.rows);
  END LOOP;
END
$generate$;
