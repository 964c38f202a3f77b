-- The relations of sessions, scores and identities, and the positions of their readers.
-- A database that lake-sink made before it had migrations has them already: this adds what is missing.

CREATE TABLE IF NOT EXISTS gold.positions (
  relation text NOT NULL,
  partition integer NOT NULL,
  topic_id text NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (relation, partition));
COMMENT ON TABLE gold.positions IS 'The next offset to read, by relation and partition of its topic';
COMMENT ON COLUMN gold.positions.relation IS 'name of the relation in schema gold';
COMMENT ON COLUMN gold.positions.partition IS 'partition of the topic';
COMMENT ON COLUMN gold.positions.topic_id IS 'Kafka''s id of the topic; empty if it was not known';
COMMENT ON COLUMN gold.positions.next_offset IS 'the first offset that is not in the relation yet';

CREATE TABLE IF NOT EXISTS gold.session_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.session_revisions
  ADD COLUMN IF NOT EXISTS visitor_id text,
  ADD COLUMN IF NOT EXISTS user_id text,
  ADD COLUMN IF NOT EXISTS start_time timestamptz,
  ADD COLUMN IF NOT EXISTS end_time timestamptz,
  ADD COLUMN IF NOT EXISTS duration_ms bigint,
  ADD COLUMN IF NOT EXISTS visitor_session_number integer,
  ADD COLUMN IF NOT EXISTS ms_since_previous_session bigint,
  ADD COLUMN IF NOT EXISTS events integer,
  ADD COLUMN IF NOT EXISTS page_views integer,
  ADD COLUMN IF NOT EXISTS product_views integer,
  ADD COLUMN IF NOT EXISTS searches integer,
  ADD COLUMN IF NOT EXISTS ad_impressions integer,
  ADD COLUMN IF NOT EXISTS ad_clicks integer,
  ADD COLUMN IF NOT EXISTS add_to_carts integer,
  ADD COLUMN IF NOT EXISTS remove_from_carts integer,
  ADD COLUMN IF NOT EXISTS checkouts integer,
  ADD COLUMN IF NOT EXISTS purchases integer,
  ADD COLUMN IF NOT EXISTS identifies integer,
  ADD COLUMN IF NOT EXISTS page_pings integer,
  ADD COLUMN IF NOT EXISTS other_events integer,
  ADD COLUMN IF NOT EXISTS late_events integer,
  ADD COLUMN IF NOT EXISTS unique_pages integer,
  ADD COLUMN IF NOT EXISTS unique_products integer,
  ADD COLUMN IF NOT EXISTS unique_categories integer,
  ADD COLUMN IF NOT EXISTS revenue numeric,
  ADD COLUMN IF NOT EXISTS currency text,
  ADD COLUMN IF NOT EXISTS revenue_by_currency jsonb,
  ADD COLUMN IF NOT EXISTS entry_page text,
  ADD COLUMN IF NOT EXISTS exit_page text,
  ADD COLUMN IF NOT EXISTS referrer_class text,
  ADD COLUMN IF NOT EXISTS referrer_domain text,
  ADD COLUMN IF NOT EXISTS campaign_source text,
  ADD COLUMN IF NOT EXISTS campaign_medium text,
  ADD COLUMN IF NOT EXISTS campaign_name text,
  ADD COLUMN IF NOT EXISTS device text,
  ADD COLUMN IF NOT EXISTS browser text,
  ADD COLUMN IF NOT EXISTS os text,
  ADD COLUMN IF NOT EXISTS country text,
  ADD COLUMN IF NOT EXISTS city text,
  ADD COLUMN IF NOT EXISTS is_bot boolean,
  ADD COLUMN IF NOT EXISTS is_bounce boolean,
  ADD COLUMN IF NOT EXISTS is_converted boolean,
  ADD COLUMN IF NOT EXISTS is_cart_abandoned boolean,
  ADD COLUMN IF NOT EXISTS bot_reason text;
CREATE OR REPLACE VIEW gold.session_metrics AS
  SELECT
    session_key, version, updated_at, visitor_id, user_id, start_time, end_time, duration_ms,
    visitor_session_number, ms_since_previous_session, events, page_views, product_views, searches,
    ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, identifies,
    page_pings, other_events, late_events, unique_pages, unique_products, unique_categories,
    revenue, currency, revenue_by_currency, entry_page, exit_page, referrer_class, referrer_domain,
    campaign_source, campaign_medium, campaign_name, device, browser, os, country, city, is_bot,
    is_bounce, is_converted, is_cart_abandoned, bot_reason
  FROM gold.session_revisions WHERE NOT retracted;
COMMENT ON TABLE gold.session_revisions IS 'The newest revision of each session, retracted ones too';
COMMENT ON VIEW gold.session_metrics IS 'One row per closed session that is not retracted';
COMMENT ON COLUMN gold.session_revisions.session_key IS 'names the session; follows from the visitor and the start';
COMMENT ON COLUMN gold.session_revisions.version IS 'the revision; a higher one replaces the row';
COMMENT ON COLUMN gold.session_revisions.retracted IS 'true: the key is no session any more, and the view does not show the row';
COMMENT ON COLUMN gold.session_revisions.updated_at IS 'when the row was written';
COMMENT ON COLUMN gold.session_revisions.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.session_revisions.user_id IS 'the last user id seen in the session; null if there was none';
COMMENT ON COLUMN gold.session_revisions.start_time IS 'time of the first event';
COMMENT ON COLUMN gold.session_revisions.end_time IS 'time of the last event';
COMMENT ON COLUMN gold.session_revisions.duration_ms IS 'from the first to the last event, in milliseconds';
COMMENT ON COLUMN gold.session_revisions.visitor_session_number IS '1 for the first session of the visitor that Weir remembers';
COMMENT ON COLUMN gold.session_revisions.ms_since_previous_session IS 'from the end of the visitor''s previous session, in milliseconds; null if there was none';
COMMENT ON COLUMN gold.session_revisions.events IS 'all events of the session';
COMMENT ON COLUMN gold.session_revisions.page_views IS 'events of type page_view';
COMMENT ON COLUMN gold.session_revisions.product_views IS 'events of type product_view';
COMMENT ON COLUMN gold.session_revisions.searches IS 'events of type search';
COMMENT ON COLUMN gold.session_revisions.ad_impressions IS 'events of type ad_impression';
COMMENT ON COLUMN gold.session_revisions.ad_clicks IS 'events of type ad_click';
COMMENT ON COLUMN gold.session_revisions.add_to_carts IS 'events of type add_to_cart';
COMMENT ON COLUMN gold.session_revisions.remove_from_carts IS 'events of type remove_from_cart';
COMMENT ON COLUMN gold.session_revisions.checkouts IS 'events of type checkout';
COMMENT ON COLUMN gold.session_revisions.purchases IS 'events of type purchase';
COMMENT ON COLUMN gold.session_revisions.identifies IS 'events of type identify';
COMMENT ON COLUMN gold.session_revisions.page_pings IS 'events of type page_ping';
COMMENT ON COLUMN gold.session_revisions.other_events IS 'events of all other types';
COMMENT ON COLUMN gold.session_revisions.late_events IS 'events that came after the session could have closed';
COMMENT ON COLUMN gold.session_revisions.unique_pages IS 'different pages';
COMMENT ON COLUMN gold.session_revisions.unique_products IS 'different products';
COMMENT ON COLUMN gold.session_revisions.unique_categories IS 'different categories';
COMMENT ON COLUMN gold.session_revisions.revenue IS 'revenue in the main currency';
COMMENT ON COLUMN gold.session_revisions.currency IS 'the main currency: the one with the most revenue; null without revenue';
COMMENT ON COLUMN gold.session_revisions.revenue_by_currency IS 'revenue by currency; the key is empty where none was given';
COMMENT ON COLUMN gold.session_revisions.entry_page IS 'the first page';
COMMENT ON COLUMN gold.session_revisions.exit_page IS 'the last page';
COMMENT ON COLUMN gold.session_revisions.referrer_class IS 'the kind of site that the visitor came from';
COMMENT ON COLUMN gold.session_revisions.referrer_domain IS 'the site that the visitor came from';
COMMENT ON COLUMN gold.session_revisions.campaign_source IS 'utm_source of the session';
COMMENT ON COLUMN gold.session_revisions.campaign_medium IS 'utm_medium of the session';
COMMENT ON COLUMN gold.session_revisions.campaign_name IS 'utm_campaign of the session';
COMMENT ON COLUMN gold.session_revisions.device IS 'kind of device';
COMMENT ON COLUMN gold.session_revisions.browser IS 'name of the browser';
COMMENT ON COLUMN gold.session_revisions.os IS 'name of the operating system';
COMMENT ON COLUMN gold.session_revisions.country IS 'country of the address';
COMMENT ON COLUMN gold.session_revisions.city IS 'city of the address';
COMMENT ON COLUMN gold.session_revisions.is_bot IS 'true: a robot, by its user agent or its behaviour';
COMMENT ON COLUMN gold.session_revisions.is_bounce IS 'true: one event only';
COMMENT ON COLUMN gold.session_revisions.is_converted IS 'true: at least one purchase';
COMMENT ON COLUMN gold.session_revisions.is_cart_abandoned IS 'true: an add_to_cart and no purchase';
COMMENT ON COLUMN gold.session_revisions.bot_reason IS 'agent, rate, rhythm or pages; null for people';

CREATE TABLE IF NOT EXISTS gold.score_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.score_revisions
  ADD COLUMN IF NOT EXISTS visitor_id text,
  ADD COLUMN IF NOT EXISTS session_start timestamptz,
  ADD COLUMN IF NOT EXISTS conversion_score double precision,
  ADD COLUMN IF NOT EXISTS model_name text,
  ADD COLUMN IF NOT EXISTS model_version text,
  ADD COLUMN IF NOT EXISTS scored_at timestamptz;
CREATE OR REPLACE VIEW gold.session_scores AS
  SELECT
    session_key, version, updated_at, visitor_id, session_start, conversion_score, model_name,
    model_version, scored_at
  FROM gold.score_revisions WHERE NOT retracted;
COMMENT ON TABLE gold.score_revisions IS 'The newest score of each session, retracted ones too';
COMMENT ON VIEW gold.session_scores IS 'The score of each session that is not retracted';
COMMENT ON COLUMN gold.score_revisions.session_key IS 'names the session; follows from the visitor and the start';
COMMENT ON COLUMN gold.score_revisions.version IS 'the session''s revision; a higher one replaces the row';
COMMENT ON COLUMN gold.score_revisions.retracted IS 'true: the session was retracted, and the view does not show the row';
COMMENT ON COLUMN gold.score_revisions.updated_at IS 'when the row was written';
COMMENT ON COLUMN gold.score_revisions.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.score_revisions.session_start IS 'start of the session';
COMMENT ON COLUMN gold.score_revisions.conversion_score IS 'probability of a purchase';
COMMENT ON COLUMN gold.score_revisions.model_name IS 'name of the model';
COMMENT ON COLUMN gold.score_revisions.model_version IS 'version of the model';
COMMENT ON COLUMN gold.score_revisions.scored_at IS 'when the model gave the score';

CREATE TABLE IF NOT EXISTS gold.identity_versions (
  visitor_id text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.identity_versions
  ADD COLUMN IF NOT EXISTS user_id text,
  ADD COLUMN IF NOT EXISTS event_time timestamptz;
CREATE OR REPLACE VIEW gold.identities AS
  SELECT
    visitor_id, version, updated_at, user_id, event_time
  FROM gold.identity_versions WHERE NOT retracted;
COMMENT ON TABLE gold.identity_versions IS 'The newest identity of each visitor';
COMMENT ON VIEW gold.identities IS 'The user of each anonymous visitor who identified';
COMMENT ON COLUMN gold.identity_versions.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.identity_versions.version IS 'the time of the newest event, in epoch milliseconds; a later one replaces the row';
COMMENT ON COLUMN gold.identity_versions.retracted IS 'always false';
COMMENT ON COLUMN gold.identity_versions.updated_at IS 'when the row was written';
COMMENT ON COLUMN gold.identity_versions.user_id IS 'the user whom the visitor turned out to be';
COMMENT ON COLUMN gold.identity_versions.event_time IS 'time of the event that told the user';

-- Each view's column has the comment of the table's column of the same name.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.session_revisions'::regclass, 'gold.session_metrics'::regclass),
      ('gold.score_revisions'::regclass, 'gold.session_scores'::regclass),
      ('gold.identity_versions'::regclass, 'gold.identities'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
