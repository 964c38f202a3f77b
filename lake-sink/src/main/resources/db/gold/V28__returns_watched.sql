-- Results of ./weir drift for the return model, too. Its outcomes are known eight days after a score.

ALTER TABLE gold.model_watches
  DROP CONSTRAINT model_watches_subject_check,
  ADD CONSTRAINT model_watches_subject_check CHECK (subject IN ('sessions', 'impressions', 'returns')),
  ADD COLUMN outcomes bigint,
  ALTER COLUMN log_loss DROP NOT NULL,
  ALTER COLUMN constant_log_loss DROP NOT NULL,
  ALTER COLUMN calibration_error DROP NOT NULL;

COMMENT ON TABLE gold.model_watches IS
  'How each model did on the sessions or ad impressions that it scored, by ./weir drift; kept for 400 days';
COMMENT ON COLUMN gold.model_watches.subject IS
  'sessions; impressions for a model of clicks: what the other columns call sessions are ad impressions then, and conversions clicks; returns for a model of returns: conversions are sessions that were followed by another one of their visitor within 7 days';
COMMENT ON COLUMN gold.model_watches.sessions IS
  'closed sessions of people that the model scored and that were compared with its training data';
COMMENT ON COLUMN gold.model_watches.outcomes IS
  'those whose outcome is known: the same, but for returns those that ended eight days before the newest one, and that began up to eight days before the range; null: the same, of an older run';
COMMENT ON COLUMN gold.model_watches.conversions IS 'those of outcomes that converted';
COMMENT ON COLUMN gold.model_watches.mean_score IS
  'mean score of outcomes; of sessions while no outcome is known';
COMMENT ON COLUMN gold.model_watches.log_loss IS
  'mean log-loss of the scores against what became of the sessions; null: no outcome is known yet';
COMMENT ON COLUMN gold.model_watches.constant_log_loss IS
  'log-loss of the share of conversions as the score of all; null: no outcome is known yet';
COMMENT ON COLUMN gold.model_watches.calibration_error IS
  'mean distance between score and share of conversions over ten groups by score; null: no outcome is known yet';
COMMENT ON COLUMN gold.model_watches.score_psi IS
  'population stability index of the scores against those of the test part; null: no snapshot, or no session was compared';
