CREATE SCHEMA IF NOT EXISTS gold;
CREATE TABLE IF NOT EXISTS gold.positions (
  relation text NOT NULL,
  partition integer NOT NULL,
  topic_id text NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (relation, partition));
CREATE TABLE IF NOT EXISTS gold.session_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS visitor_id text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS user_id text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS start_time timestamptz;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS end_time timestamptz;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS duration_ms bigint;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS visitor_session_number integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS ms_since_previous_session bigint;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS events integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS page_views integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS product_views integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS searches integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS ad_impressions integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS ad_clicks integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS add_to_carts integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS remove_from_carts integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS checkouts integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS purchases integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS identifies integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS page_pings integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS other_events integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS late_events integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS unique_pages integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS unique_products integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS unique_categories integer;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS revenue numeric;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS currency text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS revenue_by_currency jsonb;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS entry_page text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS exit_page text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS referrer_class text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS referrer_domain text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS campaign_source text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS campaign_medium text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS campaign_name text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS device text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS browser text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS os text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS country text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS city text;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS is_bot boolean;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS is_bounce boolean;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS is_converted boolean;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS is_cart_abandoned boolean;
ALTER TABLE gold.session_revisions ADD COLUMN IF NOT EXISTS bot_reason text;
CREATE OR REPLACE VIEW gold.session_metrics AS
  SELECT session_key, version, updated_at, visitor_id, user_id, start_time, end_time, duration_ms, visitor_session_number, ms_since_previous_session, events, page_views, product_views, searches, ad_impressions, ad_clicks, add_to_carts, remove_from_carts, checkouts, purchases, identifies, page_pings, other_events, late_events, unique_pages, unique_products, unique_categories, revenue, currency, revenue_by_currency, entry_page, exit_page, referrer_class, referrer_domain, campaign_source, campaign_medium, campaign_name, device, browser, os, country, city, is_bot, is_bounce, is_converted, is_cart_abandoned, bot_reason FROM gold.session_revisions WHERE NOT retracted;
CREATE TABLE IF NOT EXISTS gold.score_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS visitor_id text;
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS session_start timestamptz;
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS conversion_score double precision;
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS model_name text;
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS model_version text;
ALTER TABLE gold.score_revisions ADD COLUMN IF NOT EXISTS scored_at timestamptz;
CREATE OR REPLACE VIEW gold.session_scores AS
  SELECT session_key, version, updated_at, visitor_id, session_start, conversion_score, model_name, model_version, scored_at FROM gold.score_revisions WHERE NOT retracted;
CREATE TABLE IF NOT EXISTS gold.identity_versions (
  visitor_id text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now());
ALTER TABLE gold.identity_versions ADD COLUMN IF NOT EXISTS user_id text;
ALTER TABLE gold.identity_versions ADD COLUMN IF NOT EXISTS event_time timestamptz;
CREATE OR REPLACE VIEW gold.identities AS
  SELECT visitor_id, version, updated_at, user_id, event_time FROM gold.identity_versions WHERE NOT retracted;
