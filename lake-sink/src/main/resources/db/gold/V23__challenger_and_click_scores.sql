-- Scores beside those of the conversion champion: of sessions by a challenger, and of ad impressions.

CREATE TABLE gold.challenger_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  visitor_id text,
  session_start timestamptz,
  conversion_score double precision,
  model_name text,
  model_version text,
  scored_at timestamptz,
  reasons jsonb);
CREATE INDEX challenger_revisions_by_start ON gold.challenger_revisions (session_start);
CREATE VIEW gold.challenger_scores AS
  SELECT
    session_key, version, updated_at, visitor_id, session_start, conversion_score,
    model_name, model_version, scored_at, reasons
  FROM gold.challenger_revisions WHERE NOT retracted;
COMMENT ON TABLE gold.challenger_revisions IS 'The newest score of each session by the challenger, retracted ones too';
COMMENT ON VIEW gold.challenger_scores IS 'The score that the challenger gives each session that is not retracted';
COMMENT ON COLUMN gold.challenger_revisions.session_key IS
  'names the session; follows from the visitor and the start';
COMMENT ON COLUMN gold.challenger_revisions.version IS
  'the session''s revision; a higher one replaces the row';
COMMENT ON COLUMN gold.challenger_revisions.retracted IS
  'true: the session was retracted, and the view does not show the row';
COMMENT ON COLUMN gold.challenger_revisions.updated_at IS
  'when the row was written';
COMMENT ON COLUMN gold.challenger_revisions.visitor_id IS
  'the anonymous id of the visitor';
COMMENT ON COLUMN gold.challenger_revisions.session_start IS
  'start of the session';
COMMENT ON COLUMN gold.challenger_revisions.conversion_score IS
  'probability of a purchase, by the challenger';
COMMENT ON COLUMN gold.challenger_revisions.model_name IS
  'name of the model';
COMMENT ON COLUMN gold.challenger_revisions.model_version IS
  'version of the model';
COMMENT ON COLUMN gold.challenger_revisions.scored_at IS
  'when the model gave the score';
COMMENT ON COLUMN gold.challenger_revisions.reasons IS
  'the features that moved the score most, largest first: feature, value, contribution to the log-odds; empty: not computed';

CREATE TABLE gold.click_score_versions (
  event_id text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  visitor_id text,
  event_time timestamptz,
  ad_id text,
  url_path text,
  position text,
  click_score double precision,
  model_name text,
  model_version text,
  scored_at timestamptz);
CREATE INDEX click_score_versions_by_start ON gold.click_score_versions (event_time);
CREATE VIEW gold.click_scores AS
  SELECT
    event_id, version, updated_at, visitor_id, event_time, ad_id, url_path, position, click_score,
    model_name, model_version, scored_at
  FROM gold.click_score_versions WHERE NOT retracted;
COMMENT ON TABLE gold.click_score_versions IS 'The newest score of each ad impression';
COMMENT ON VIEW gold.click_scores IS 'The score of each ad impression that was scored';
COMMENT ON COLUMN gold.click_score_versions.event_id IS
  'the id of the ad_impression';
COMMENT ON COLUMN gold.click_score_versions.version IS
  'when it was scored, in milliseconds; a later score replaces the row';
COMMENT ON COLUMN gold.click_score_versions.retracted IS
  'always false: an impression is never retracted';
COMMENT ON COLUMN gold.click_score_versions.updated_at IS
  'when the row was written';
COMMENT ON COLUMN gold.click_score_versions.visitor_id IS
  'the anonymous id of the visitor';
COMMENT ON COLUMN gold.click_score_versions.event_time IS
  'when the ad was shown';
COMMENT ON COLUMN gold.click_score_versions.ad_id IS
  'the ad';
COMMENT ON COLUMN gold.click_score_versions.url_path IS
  'the page that showed the ad';
COMMENT ON COLUMN gold.click_score_versions.position IS
  'the place of the ad on the page';
COMMENT ON COLUMN gold.click_score_versions.click_score IS
  'probability of a click within 30 minutes';
COMMENT ON COLUMN gold.click_score_versions.model_name IS
  'name of the model';
COMMENT ON COLUMN gold.click_score_versions.model_version IS
  'version of the model';
COMMENT ON COLUMN gold.click_score_versions.scored_at IS
  'when the model gave the score';

DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(pair.stored, stored.attnum) AS comment
    FROM (VALUES
      ('gold.challenger_revisions'::regclass, 'gold.challenger_scores'::regclass),
      ('gold.click_score_versions'::regclass, 'gold.click_scores'::regclass)) AS pair (stored, shown)
    JOIN pg_attribute AS stored ON stored.attrelid = pair.stored AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
