-- Gold's cells: the sums of each source partition, as stream-app writes them to its changelog.

CREATE TABLE gold.cell_versions (
  cell_key text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  subject text COLLATE "C" NOT NULL,
  grain text COLLATE "C" NOT NULL,
  bucket_start timestamptz NOT NULL,
  is_bot boolean NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  partition integer NOT NULL,
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
  quantity bigint NOT NULL,
  visitors bigint NOT NULL,
  revenue jsonb NOT NULL,
  only_currency text COLLATE "C",
  only_amount numeric,
  settled_until timestamptz NOT NULL)
  -- Cells change often. With free space in each page a change needs no new entries in the indexes.
  WITH (fillfactor = 80);

-- For a dimension over a range of time.
CREATE INDEX cell_versions_by_time
  ON gold.cell_versions (subject, grain, dimension, bucket_start);

CREATE VIEW gold.cells AS
  SELECT
    cell_key, version, updated_at, subject, grain, bucket_start, is_bot, dimension, value,
    partition, sessions, converted_sessions, bounced_sessions, cart_sessions, checkout_sessions,
    abandoned_sessions, duration_ms, events, page_views, product_views, searches, ad_impressions,
    ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, late_events, quantity,
    visitors, revenue, only_currency, only_amount, settled_until
  FROM gold.cell_versions WHERE NOT retracted;

COMMENT ON TABLE gold.cell_versions IS 'The newest sums of each cell, by source partition';
COMMENT ON VIEW gold.cells IS 'The sums of each source partition; the views sessions_15m and so on add the partitions up';
COMMENT ON COLUMN gold.cell_versions.cell_key IS 'partition, subject, grain, dimension, side, time and value; a backslash is written twice, NUL as \0';
COMMENT ON COLUMN gold.cell_versions.version IS 'grows with every change of the cell; a higher one replaces the row';
COMMENT ON COLUMN gold.cell_versions.retracted IS 'always false';
COMMENT ON COLUMN gold.cell_versions.updated_at IS 'when the row was written';
COMMENT ON COLUMN gold.cell_versions.subject IS 'sessions (by their start), events and products (by the time of the event), visitors, or progress';
COMMENT ON COLUMN gold.cell_versions.grain IS '15m, or day: a day of the site''s time zone';
COMMENT ON COLUMN gold.cell_versions.bucket_start IS 'start of the 15 minutes or of the day';
COMMENT ON COLUMN gold.cell_versions.is_bot IS 'true: robots, false: people';
COMMENT ON COLUMN gold.cell_versions.dimension IS 'the property that breaks the total down; empty for the total itself';
COMMENT ON COLUMN gold.cell_versions.value IS 'value of the dimension; empty where it is not known';
COMMENT ON COLUMN gold.cell_versions.partition IS 'the source partition; numbers add up over partitions';
COMMENT ON COLUMN gold.cell_versions.sessions IS 'sessions';
COMMENT ON COLUMN gold.cell_versions.converted_sessions IS 'sessions with a purchase';
COMMENT ON COLUMN gold.cell_versions.bounced_sessions IS 'sessions of one event';
COMMENT ON COLUMN gold.cell_versions.cart_sessions IS 'sessions with an add_to_cart';
COMMENT ON COLUMN gold.cell_versions.checkout_sessions IS 'sessions with a checkout';
COMMENT ON COLUMN gold.cell_versions.abandoned_sessions IS 'sessions with an add_to_cart and no purchase';
COMMENT ON COLUMN gold.cell_versions.duration_ms IS 'duration of all sessions together, in milliseconds';
COMMENT ON COLUMN gold.cell_versions.events IS 'events';
COMMENT ON COLUMN gold.cell_versions.page_views IS 'events of type page_view';
COMMENT ON COLUMN gold.cell_versions.product_views IS 'events of type product_view';
COMMENT ON COLUMN gold.cell_versions.searches IS 'events of type search';
COMMENT ON COLUMN gold.cell_versions.ad_impressions IS 'events of type ad_impression';
COMMENT ON COLUMN gold.cell_versions.ad_clicks IS 'events of type ad_click';
COMMENT ON COLUMN gold.cell_versions.add_to_carts IS 'events of type add_to_cart';
COMMENT ON COLUMN gold.cell_versions.remove_from_carts IS 'events of type remove_from_cart';
COMMENT ON COLUMN gold.cell_versions.checkouts IS 'events of type checkout';
COMMENT ON COLUMN gold.cell_versions.purchases IS 'events of type purchase';
COMMENT ON COLUMN gold.cell_versions.late_events IS 'events that came after their session could have closed';
COMMENT ON COLUMN gold.cell_versions.quantity IS 'number of products bought';
COMMENT ON COLUMN gold.cell_versions.visitors IS 'visitors';
COMMENT ON COLUMN gold.cell_versions.revenue IS 'exact amounts by currency; the key is empty where none was given';
COMMENT ON COLUMN gold.cell_versions.only_currency IS 'the currency, if revenue has one; null if it has none or several';
COMMENT ON COLUMN gold.cell_versions.only_amount IS 'the amount in only_currency; null if there is none';
COMMENT ON COLUMN gold.cell_versions.settled_until IS 'of subject progress: no event before this time can change a number any more';

-- Each view's column has the comment of the table's column of the same name.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.cell_versions'::regclass, 'gold.cells'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
