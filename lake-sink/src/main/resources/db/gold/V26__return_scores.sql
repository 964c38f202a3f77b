-- Scores of sessions by the return model: does the visitor come back within 7 days?

CREATE TABLE gold.return_score_revisions (
  session_key text PRIMARY KEY,
  version bigint NOT NULL,
  retracted boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  visitor_id text,
  session_start timestamptz,
  session_end timestamptz,
  return_score double precision,
  model_name text,
  model_version text,
  scored_at timestamptz,
  reasons jsonb);
CREATE INDEX return_score_revisions_by_start ON gold.return_score_revisions (session_start);
CREATE VIEW gold.session_return_scores AS
  SELECT
    session_key, version, updated_at, visitor_id, session_start, session_end, return_score,
    model_name, model_version, scored_at, reasons
  FROM gold.return_score_revisions WHERE NOT retracted;
COMMENT ON TABLE gold.return_score_revisions IS 'The newest score of each session by the return model, retracted ones too';
COMMENT ON VIEW gold.session_return_scores IS 'How likely the visitor of each session that is not retracted comes back within 7 days after its end';
COMMENT ON COLUMN gold.return_score_revisions.session_key IS
  'names the session; follows from the visitor and the start';
COMMENT ON COLUMN gold.return_score_revisions.version IS
  'the session''s revision; a higher one replaces the row';
COMMENT ON COLUMN gold.return_score_revisions.retracted IS
  'true: the session was retracted, and the view does not show the row';
COMMENT ON COLUMN gold.return_score_revisions.updated_at IS
  'when the row was written';
COMMENT ON COLUMN gold.return_score_revisions.visitor_id IS
  'the anonymous id of the visitor';
COMMENT ON COLUMN gold.return_score_revisions.session_start IS
  'start of the session';
COMMENT ON COLUMN gold.return_score_revisions.session_end IS
  'time of the session''s last event; the 7 days begin here';
COMMENT ON COLUMN gold.return_score_revisions.return_score IS
  'probability that the visitor starts another session within 7 days after the end';
COMMENT ON COLUMN gold.return_score_revisions.model_name IS
  'name of the model';
COMMENT ON COLUMN gold.return_score_revisions.model_version IS
  'version of the model';
COMMENT ON COLUMN gold.return_score_revisions.scored_at IS
  'when the model gave the score';
COMMENT ON COLUMN gold.return_score_revisions.reasons IS
  'the features that moved the score most, largest first: feature, value, contribution to the log-odds; empty: not computed';

CREATE VIEW bi.return_scores AS
  SELECT
    session_key, visitor_id, session_start, session_end, return_score, model_name, model_version,
    scored_at
  FROM gold.session_return_scores;
COMMENT ON VIEW bi.return_scores IS 'How likely visitors come back within 7 days after a session, one row per scored session that is not retracted';

DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT pair.shown, shown.attname, col_description(stored.attrelid, stored.attnum) AS comment
    FROM (VALUES ('gold.session_return_scores'::regclass), ('bi.return_scores'::regclass)) AS pair (shown)
    JOIN pg_attribute AS stored
      ON stored.attrelid = 'gold.return_score_revisions'::regclass AND stored.attnum > 0
    JOIN pg_attribute AS shown ON shown.attrelid = pair.shown AND shown.attname = stored.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.shown, one.attname, one.comment);
  END LOOP;
END
$$;
