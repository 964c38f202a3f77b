-- Why numbers of sessions changed: a row for each revision or retraction that replaced the row of a session.
-- Triggers write them, so they are in the transaction that changes the session, whoever writes it, and cost no
-- round trip. docs/gold-views.md says what each cause means.

CREATE TABLE gold.restatements (
  restatement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  restated_at timestamptz NOT NULL,
  session_key text NOT NULL,
  visitor_id text,
  old_revision bigint,
  new_revision bigint NOT NULL,
  cause text COLLATE "C" NOT NULL
    CHECK (cause IN ('late_event', 'merge', 'retraction', 'bot', 'identity', 'other')),
  bucket_start timestamptz NOT NULL,
  start_time timestamptz NOT NULL,
  is_bot boolean NOT NULL,
  sessions bigint NOT NULL,
  converted_sessions bigint NOT NULL,
  bounced_sessions bigint NOT NULL,
  cart_sessions bigint NOT NULL,
  checkout_sessions bigint NOT NULL,
  abandoned_sessions bigint NOT NULL,
  duration_ms bigint NOT NULL,
  events bigint NOT NULL,
  page_views bigint NOT NULL,
  product_views bigint NOT NULL,
  searches bigint NOT NULL,
  ad_impressions bigint NOT NULL,
  ad_clicks bigint NOT NULL,
  add_to_carts bigint NOT NULL,
  remove_from_carts bigint NOT NULL,
  checkouts bigint NOT NULL,
  purchases bigint NOT NULL,
  late_events bigint NOT NULL,
  revenue jsonb NOT NULL);

-- For `weir why`, and for the rows of a person.
CREATE INDEX restatements_by_bucket ON gold.restatements (bucket_start, restated_at);
CREATE INDEX restatements_by_visitor ON gold.restatements (visitor_id);
-- Beside session_revisions_by_visitor, which has the sessions of people: finds the session that took another one in.
CREATE INDEX session_revisions_of_robots
  ON gold.session_revisions (visitor_id, start_time) WHERE NOT retracted AND is_bot;

CREATE FUNCTION gold.revenue_change(former jsonb, later jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(jsonb_object_agg(currency, amount), '{}')
    FROM (
      SELECT currency, sum(amount) AS amount
      FROM (
        SELECT key AS currency, -value::numeric AS amount FROM jsonb_each_text(former)
        UNION ALL
        SELECT key, value::numeric FROM jsonb_each_text(later)) AS signed
      GROUP BY currency
      HAVING sum(amount) <> 0) AS changed);
COMMENT ON FUNCTION gold.revenue_change IS 'later minus former, by currency; without the currencies that stay';

-- Two functions with the same body. Arrays of rows, with which one function would do, take more than twice the time.
DO $generate$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT * FROM (VALUES
      ('write_restatements',
        'later_rows AS later JOIN former_rows AS former ON former.session_key = later.session_key'),
      -- The first row of a session without late events changes no number that anyone has seen.
      ('write_late_sessions',
        '(SELECT * FROM later_rows WHERE late_events > 0 AND NOT retracted) AS later
          CROSS JOIN (SELECT (NULL::gold.session_revisions).*) AS former'))
      AS generated (name, rows)
  LOOP
    EXECUTE format($function$
CREATE FUNCTION gold.%I() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO gold.restatements (
    restated_at, session_key, visitor_id, old_revision, new_revision, cause,
    bucket_start, start_time, is_bot,
    sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, revenue)
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
COMMENT ON FUNCTION gold.write_restatements IS
  'Writes to gold.restatements what a statement changed in rows of gold.session_revisions';
COMMENT ON FUNCTION gold.write_late_sessions IS
  'Writes to gold.restatements the new rows of gold.session_revisions that have late events';

CREATE TRIGGER restated AFTER UPDATE ON gold.session_revisions
  REFERENCING OLD TABLE AS former_rows NEW TABLE AS later_rows
  FOR EACH STATEMENT EXECUTE FUNCTION gold.write_restatements();
CREATE TRIGGER came_late AFTER INSERT ON gold.session_revisions
  REFERENCING NEW TABLE AS later_rows
  FOR EACH STATEMENT EXECUTE FUNCTION gold.write_late_sessions();

CREATE FUNCTION gold.find_successor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  successor text;
  is_new boolean;
BEGIN
  SELECT session_key INTO successor
  FROM (
    SELECT session_key FROM gold.session_revisions
    WHERE visitor_id = NEW.visitor_id AND start_time <= NEW.start_time
      AND end_time >= NEW.start_time AND NOT retracted AND NOT is_bot
    UNION ALL
    SELECT session_key FROM gold.session_revisions
    WHERE visitor_id = NEW.visitor_id AND start_time <= NEW.start_time
      AND end_time >= NEW.start_time AND NOT retracted AND is_bot) AS covering
  LIMIT 1;
  IF successor IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT EXISTS (
    SELECT FROM gold.restatements
    WHERE visitor_id = NEW.visitor_id AND session_key = successor
      AND restated_at = NEW.restated_at AND old_revision IS NULL) INTO is_new;
  UPDATE gold.restatements SET cause = CASE WHEN is_new THEN 'late_event' ELSE 'merge' END
  WHERE restatement_id = NEW.restatement_id;
  IF NOT is_new THEN
    UPDATE gold.restatements SET cause = 'merge'
    WHERE visitor_id = NEW.visitor_id AND session_key = successor
      AND restated_at = NEW.restated_at AND cause = 'late_event';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION gold.find_successor IS
  'Tells at the end of a transaction whether another session took a retracted one in';

-- The session that took the other one in may be written later in the transaction.
CREATE CONSTRAINT TRIGGER successor AFTER INSERT ON gold.restatements
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.cause = 'retraction') EXECUTE FUNCTION gold.find_successor();

COMMENT ON TABLE gold.restatements IS
  'What revisions and retractions of sessions changed, and why; rows are only added';
COMMENT ON COLUMN gold.restatements.restatement_id IS 'numbers the rows';
COMMENT ON COLUMN gold.restatements.restated_at IS
  'when the transaction began that changed gold.session_metrics; the session''s updated_at';
COMMENT ON COLUMN gold.restatements.session_key IS 'names the session';
COMMENT ON COLUMN gold.restatements.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.restatements.old_revision IS
  'the revision that was replaced; null if the session came with late events and had no row';
COMMENT ON COLUMN gold.restatements.new_revision IS 'the revision that replaced it';
COMMENT ON COLUMN gold.restatements.cause IS
  'late_event, merge, retraction, bot, identity or other; docs/gold-views.md defines them';
COMMENT ON COLUMN gold.restatements.bucket_start IS
  'start of the 15 minutes in which the session started: the bucket that the row moved';
COMMENT ON COLUMN gold.restatements.start_time IS 'start of the session';
COMMENT ON COLUMN gold.restatements.is_bot IS
  'the side that the row moved; true: robots. A session that changes sides has a row for each';
COMMENT ON COLUMN gold.restatements.revenue IS
  'change of the revenue by currency; without the currencies that stay';
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT attname, col_description('gold.cell_versions'::regclass, (
      SELECT cells.attnum FROM pg_attribute AS cells
      WHERE cells.attrelid = 'gold.cell_versions'::regclass AND cells.attname = shown.attname))
      AS comment
    FROM pg_attribute AS shown
    WHERE attrelid = 'gold.restatements'::regclass AND attnum > 0
      AND col_description(attrelid, attnum) IS NULL
  LOOP
    EXECUTE format(
      'COMMENT ON COLUMN gold.restatements.%I IS %L', one.attname, 'change of: ' || one.comment);
  END LOOP;
END
$$;
