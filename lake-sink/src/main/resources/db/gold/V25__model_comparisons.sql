-- Champion against challenger, by ./weir drift; and results of drift for models of clicks, too.

CREATE TABLE gold.model_comparisons (
  watched_at timestamptz NOT NULL,
  from_time timestamptz NOT NULL,
  to_time timestamptz NOT NULL,
  champion_name text COLLATE "C" NOT NULL,
  champion_version text COLLATE "C" NOT NULL,
  challenger_name text COLLATE "C" NOT NULL,
  challenger_version text COLLATE "C" NOT NULL,
  sessions bigint NOT NULL,
  conversions bigint NOT NULL,
  champion_log_loss double precision NOT NULL,
  challenger_log_loss double precision NOT NULL,
  log_loss_difference double precision NOT NULL,
  log_loss_low double precision,
  log_loss_high double precision,
  champion_auc double precision,
  challenger_auc double precision,
  auc_difference double precision,
  auc_low double precision,
  auc_high double precision,
  verdict text NOT NULL
    CHECK (verdict IN ('challenger_better', 'champion_better', 'no_difference', 'too_few')),
  PRIMARY KEY (watched_at, champion_name, champion_version, challenger_name, challenger_version));
COMMENT ON TABLE gold.model_comparisons IS
  'Champion and challenger on the sessions that both scored, by ./weir drift; kept for 400 days';
COMMENT ON COLUMN gold.model_comparisons.watched_at IS 'when the command ran, as in gold.model_watches';
COMMENT ON COLUMN gold.model_comparisons.from_time IS 'the sessions began at this time or later';
COMMENT ON COLUMN gold.model_comparisons.to_time IS 'the sessions began before this time';
COMMENT ON COLUMN gold.model_comparisons.champion_name IS 'name of the model that served';
COMMENT ON COLUMN gold.model_comparisons.champion_version IS 'its version';
COMMENT ON COLUMN gold.model_comparisons.challenger_name IS 'name of the model that scored beside it';
COMMENT ON COLUMN gold.model_comparisons.challenger_version IS 'its version';
COMMENT ON COLUMN gold.model_comparisons.sessions IS
  'closed sessions of people that both scored at their newest revision';
COMMENT ON COLUMN gold.model_comparisons.conversions IS 'those of them that converted';
COMMENT ON COLUMN gold.model_comparisons.champion_log_loss IS
  'mean log-loss of the champion''s scores on these sessions';
COMMENT ON COLUMN gold.model_comparisons.challenger_log_loss IS 'the same of the challenger''s scores';
COMMENT ON COLUMN gold.model_comparisons.log_loss_difference IS
  'challenger minus champion; below zero: the challenger is better';
COMMENT ON COLUMN gold.model_comparisons.log_loss_low IS
  'lower end of the 95 % interval of the difference; null: fewer than two sessions';
COMMENT ON COLUMN gold.model_comparisons.log_loss_high IS 'its upper end';
COMMENT ON COLUMN gold.model_comparisons.champion_auc IS
  'the chance that the champion gives a session that converted a higher score than another one; null: one outcome only';
COMMENT ON COLUMN gold.model_comparisons.challenger_auc IS 'the same of the challenger';
COMMENT ON COLUMN gold.model_comparisons.auc_difference IS
  'challenger minus champion; above zero: the challenger ranks better';
COMMENT ON COLUMN gold.model_comparisons.auc_low IS
  'lower end of the 95 % interval of the difference; null: fewer than two sessions of an outcome';
COMMENT ON COLUMN gold.model_comparisons.auc_high IS 'its upper end';
COMMENT ON COLUMN gold.model_comparisons.verdict IS
  'challenger_better or champion_better: the interval of the log-loss is on one side of zero; no_difference: it is not; too_few: fewer than 1,000 sessions, or fewer than 50 of an outcome';

ALTER TABLE gold.model_watches
  ADD COLUMN subject text COLLATE "C" NOT NULL DEFAULT 'sessions'
    CHECK (subject IN ('sessions', 'impressions'));
COMMENT ON TABLE gold.model_watches IS
  'How each model did on the sessions or ad impressions that it scored, by ./weir drift; kept for 400 days';
COMMENT ON COLUMN gold.model_watches.subject IS
  'sessions, or impressions for a model of clicks: what the other columns call sessions are ad impressions then, and conversions clicks';

CREATE INDEX rescores_by_start ON gold.rescores (session_start);
