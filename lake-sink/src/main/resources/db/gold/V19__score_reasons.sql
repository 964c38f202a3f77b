-- Why a session has its score. In rows that an earlier version of Weir wrote reasons is null, until the session is
-- revised.

ALTER TABLE gold.score_revisions ADD COLUMN reasons jsonb;
COMMENT ON COLUMN gold.score_revisions.reasons IS
  'the features that moved the score most, largest first: feature, value, contribution to the log-odds; null: unknown';
CREATE OR REPLACE VIEW gold.session_scores AS
  SELECT
    session_key, version, updated_at, visitor_id, session_start, conversion_score, model_name,
    model_version, scored_at, reasons
  FROM gold.score_revisions WHERE NOT retracted;
COMMENT ON COLUMN gold.session_scores.reasons IS
  'the features that moved the score most, largest first: feature, value, contribution to the log-odds; null: unknown';
