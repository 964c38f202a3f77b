-- Ads by the position and by the page where they were.

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

-- Each further column has the comment of the column that it is made of.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
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
