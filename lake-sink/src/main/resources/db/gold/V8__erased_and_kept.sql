-- What erasures took out of silver.sessions, as sums of nobody, so that a recomputation of gold adds up.

CREATE TABLE gold.erasures (
  erasure_id uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL DEFAULT now(),
  base_snapshot bigint NOT NULL,
  cells jsonb);
COMMENT ON TABLE gold.erasures IS 'Removals of sessions from silver by forget, each counted once in gold.erased';
COMMENT ON COLUMN gold.erasures.erasure_id IS 'random; silver''s snapshot of the removal names it as weir.erasure-id';
COMMENT ON COLUMN gold.erasures.erased_at IS 'when the sums were taken';
COMMENT ON COLUMN gold.erasures.base_snapshot IS 'silver''s snapshot before the removal';
COMMENT ON COLUMN gold.erasures.cells IS 'the sums, until silver has committed the removal; null once they are in gold.erased';

-- One row for all erasures of a cell: rows of one erasure side by side would be the person again.
CREATE TABLE gold.erased (
  grain text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  bucket_start timestamptz NOT NULL,
  is_bot boolean NOT NULL,
  value text COLLATE "C" NOT NULL,
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
  matched_clicks bigint NOT NULL,
  refunds bigint NOT NULL,
  revenue jsonb NOT NULL,
  refunded jsonb NOT NULL,
  PRIMARY KEY (grain, dimension, bucket_start, is_bot, value));
COMMENT ON TABLE gold.erased IS 'The sums of the sessions that forget removed from silver; gold.cells still has them';
COMMENT ON COLUMN gold.erased.value IS 'value of the dimension; (other) where it contained an erased id';

DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT own.attname, col_description(stored.attrelid, stored.attnum) AS comment
    FROM pg_attribute AS own
    JOIN pg_attribute AS stored
      ON stored.attrelid = 'gold.cell_versions'::regclass AND stored.attname = own.attname
    WHERE own.attrelid = 'gold.erased'::regclass AND own.attnum > 0 AND own.attname <> 'value'
  LOOP
    EXECUTE format('COMMENT ON COLUMN gold.erased.%I IS %L', one.attname, one.comment);
  END LOOP;
END
$$;

CREATE FUNCTION gold.add_amounts(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, amount), '{}')
  FROM (
    SELECT key, sum(value::numeric) AS amount
    FROM (SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) AS both_sides
    GROUP BY key) AS summed
$$;
COMMENT ON FUNCTION gold.add_amounts IS 'Adds exact amounts by currency';

-- A cell may occur several times. The order of the keys keeps two erasures from a deadlock.
CREATE FUNCTION gold.add_erased(added jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  cell gold.erased;
BEGIN
  FOR cell IN
    SELECT * FROM jsonb_populate_recordset(NULL::gold.erased, added)
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
COMMENT ON FUNCTION gold.add_erased IS 'Adds cells, a JSON array of rows of gold.erased, to gold.erased';

-- Where retention has removed cells of 15 minutes. A cell that changes afterwards would come back as one partition's
-- part of its bucket, so it is not stored.
CREATE TABLE gold.kept (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  quarters_from timestamptz NOT NULL);
INSERT INTO gold.kept (quarters_from) VALUES ('-infinity');
COMMENT ON TABLE gold.kept IS 'One row: what retention has left';
COMMENT ON COLUMN gold.kept.only_row IS 'always true';
COMMENT ON COLUMN gold.kept.quarters_from IS 'cells of 15 minutes that start before are removed, and not stored again';

-- The lock lets retention wait for a writer that has seen the former limit.
CREATE FUNCTION gold.refuse_removed_quarter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  first timestamptz;
BEGIN
  SELECT quarters_from INTO first FROM gold.kept FOR SHARE;
  IF NEW.bucket_start < first THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION gold.refuse_removed_quarter IS 'Drops a cell whose bucket retention has removed';

CREATE TRIGGER refuse_removed_quarter BEFORE INSERT ON gold.cell_versions
  FOR EACH ROW WHEN (NEW.grain = '15m' AND NEW.bucket_start < now() - interval '1 hour')
  EXECUTE FUNCTION gold.refuse_removed_quarter();
