-- gold.restatements in partitions by month, so that old months go as a whole. It becomes a partitioned table; the
-- former table stays as its first partition, with its rows, up to the end of this month.

DROP TRIGGER successor ON gold.restatements;
ALTER TABLE gold.restatements RENAME TO restatements_first;
ALTER TABLE gold.restatements_first ALTER COLUMN restatement_id DROP IDENTITY;
ALTER TABLE gold.restatements_first DROP CONSTRAINT restatements_pkey;
ALTER INDEX gold.restatements_by_bucket RENAME TO restatements_first_by_bucket;
ALTER INDEX gold.restatements_by_visitor RENAME TO restatements_first_by_visitor;
-- The key of a partitioned table needs the column that partitions it.
ALTER TABLE gold.restatements_first
  ADD CONSTRAINT restatements_first_pkey PRIMARY KEY (restatement_id, restated_at);
COMMENT ON TABLE gold.restatements_first IS 'The rows of gold.restatements from before it had months';

CREATE TABLE gold.restatements (
  LIKE gold.restatements_first INCLUDING COMMENTS INCLUDING CONSTRAINTS,
  PRIMARY KEY (restatement_id, restated_at))
  PARTITION BY RANGE (restated_at);
COMMENT ON TABLE gold.restatements IS
  'What revisions and retractions of sessions changed, and why; rows are only added; a partition for each month (UTC)';
CREATE SEQUENCE gold.restatements_restatement_id_seq OWNED BY gold.restatements.restatement_id;
SELECT setval('gold.restatements_restatement_id_seq', coalesce(max(restatement_id), 0) + 1, false)
FROM gold.restatements_first;
ALTER TABLE gold.restatements
  ALTER COLUMN restatement_id SET DEFAULT nextval('gold.restatements_restatement_id_seq');
CREATE INDEX restatements_by_bucket ON gold.restatements (bucket_start, restated_at);
CREATE INDEX restatements_by_visitor ON gold.restatements (visitor_id);

-- Whoever may read the former table may read this one, and nobody else.
DO $$
DECLARE
  reader record;
BEGIN
  FOR reader IN
    SELECT DISTINCT grantee.rolname
    FROM pg_class, aclexplode(relacl) AS given JOIN pg_roles AS grantee ON grantee.oid = given.grantee
    WHERE pg_class.oid = 'gold.restatements'::regclass AND grantee.oid <> relowner
  LOOP
    EXECUTE format('REVOKE ALL ON gold.restatements FROM %I', reader.rolname);
  END LOOP;
  FOR reader IN
    SELECT grantee.rolname, given.privilege_type
    FROM pg_class, aclexplode(relacl) AS given JOIN pg_roles AS grantee ON grantee.oid = given.grantee
    WHERE pg_class.oid = 'gold.restatements_first'::regclass AND grantee.oid <> relowner
  LOOP
    EXECUTE format('GRANT %s ON gold.restatements TO %I', reader.privilege_type, reader.rolname);
  END LOOP;
END
$$;

-- One condition on restated_at more than before, so that only one partition is searched.
CREATE OR REPLACE FUNCTION gold.find_successor() RETURNS trigger LANGUAGE plpgsql AS $$
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
  WHERE restatement_id = NEW.restatement_id AND restated_at = NEW.restated_at;
  IF NOT is_new THEN
    UPDATE gold.restatements SET cause = 'merge'
    WHERE visitor_id = NEW.visitor_id AND session_key = successor
      AND restated_at = NEW.restated_at AND cause = 'late_event';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER successor AFTER INSERT ON gold.restatements
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.cause = 'retraction') EXECUTE FUNCTION gold.find_successor();

DO $$
BEGIN
  EXECUTE format(
    'ALTER TABLE gold.restatements ATTACH PARTITION gold.restatements_first FOR VALUES FROM (MINVALUE) TO (%L)',
    date_trunc('month', date_trunc('month', now(), 'UTC') + interval '32 days', 'UTC'));
END
$$;

-- Takes the rows of months without a partition, so that no insert fails when maintenance does not run.
CREATE TABLE gold.restatements_rest (LIKE gold.restatements INCLUDING COMMENTS INCLUDING CONSTRAINTS);
COMMENT ON TABLE gold.restatements_rest IS 'The rows of gold.restatements of months that have no partition yet';
ALTER TABLE gold.restatements ATTACH PARTITION gold.restatements_rest DEFAULT;

CREATE VIEW gold.restatement_months AS
SELECT
  format('%I.%I', relnamespace::regnamespace, relname) AS part,
  (regexp_match(pg_get_expr(relpartbound, part.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz AS until
FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
WHERE inhparent = 'gold.restatements'::regclass;
COMMENT ON VIEW gold.restatement_months IS 'The partitions of gold.restatements';
COMMENT ON COLUMN gold.restatement_months.part IS 'name of the partition';
COMMENT ON COLUMN gold.restatement_months.until IS
  'end of its month; null for the partition of months that have no other one';

CREATE FUNCTION gold.add_restatement_month(wanted timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first timestamptz := date_trunc('month', wanted, 'UTC');
  next timestamptz := date_trunc('month', first + interval '32 days', 'UTC');
  name text := 'restatements_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  -- Two instances may add the same month at once: the second one finds it.
  PERFORM pg_advisory_xact_lock('gold.restatements'::regclass::oid::bigint);
  IF EXISTS (
    SELECT FROM gold.restatement_months
    WHERE part = 'gold.' || name OR (part = 'gold.restatements_first' AND until > first))
  THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE gold.%I (LIKE gold.restatements INCLUDING COMMENTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format(
    'COMMENT ON TABLE gold.%I IS %L', name,
    'The rows of gold.restatements of ' || to_char(first AT TIME ZONE 'UTC', 'YYYY-MM'));
  -- The lock is taken before the rows move, so that none of the month comes afterwards.
  LOCK TABLE gold.restatements_rest IN ACCESS EXCLUSIVE MODE;
  EXECUTE format(
    'INSERT INTO gold.%I SELECT * FROM gold.restatements_rest WHERE restated_at >= %L AND restated_at < %L',
    name, first, next);
  DELETE FROM gold.restatements_rest WHERE restated_at >= first AND restated_at < next;
  EXECUTE format(
    'ALTER TABLE gold.restatements ATTACH PARTITION gold.%I FOR VALUES FROM (%L) TO (%L)',
    name, first, next);
END
$$;
COMMENT ON FUNCTION gold.add_restatement_month IS 'Adds the partition of gold.restatements for the month of a time';
SELECT gold.add_restatement_month(date_trunc('month', now(), 'UTC') + make_interval(days => 32 * month))
FROM generate_series(1, 2) AS month;

CREATE INDEX alert_calls_delivered ON gold.alert_calls (delivered_at) WHERE delivered_at IS NOT NULL;
