-- How the models do: what ./weir drift found, and the scores that ./weir rescore gave to sessions of the past.

CREATE TABLE gold.model_watches (
  watch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  watched_at timestamptz NOT NULL,
  from_time timestamptz NOT NULL,
  to_time timestamptz NOT NULL,
  model_name text COLLATE "C" NOT NULL,
  model_version text COLLATE "C" NOT NULL,
  trained_at timestamptz,
  sessions bigint NOT NULL,
  conversions bigint NOT NULL,
  sampled_share double precision NOT NULL,
  mean_score double precision NOT NULL,
  auc double precision,
  log_loss double precision NOT NULL,
  constant_log_loss double precision NOT NULL,
  calibration_error double precision NOT NULL,
  training_auc double precision,
  training_log_loss double precision,
  training_calibration_error double precision,
  score_psi double precision,
  remark text,
  UNIQUE (watched_at, model_name, model_version));
COMMENT ON TABLE gold.model_watches IS 'How each model did on the sessions that it scored, by ./weir drift; kept for 400 days';
COMMENT ON COLUMN gold.model_watches.watch_id IS 'grows';
COMMENT ON COLUMN gold.model_watches.watched_at IS 'when the command ran; one run has a row for each version that scored';
COMMENT ON COLUMN gold.model_watches.from_time IS 'the sessions began at this time or later';
COMMENT ON COLUMN gold.model_watches.to_time IS 'the sessions began before this time';
COMMENT ON COLUMN gold.model_watches.model_name IS 'name of the model';
COMMENT ON COLUMN gold.model_watches.model_version IS 'version of the model';
COMMENT ON COLUMN gold.model_watches.trained_at IS 'when the model was trained; null: unknown';
COMMENT ON COLUMN gold.model_watches.sessions IS 'closed sessions of people that the model scored and that were compared';
COMMENT ON COLUMN gold.model_watches.conversions IS 'those of them that converted';
COMMENT ON COLUMN gold.model_watches.sampled_share IS 'the share of all sessions that were compared; 1: all';
COMMENT ON COLUMN gold.model_watches.mean_score IS 'mean of the scores';
COMMENT ON COLUMN gold.model_watches.auc IS 'the chance that a session that converted has a higher score than another one; null: one outcome only';
COMMENT ON COLUMN gold.model_watches.log_loss IS 'mean log-loss of the scores against what became of the sessions';
COMMENT ON COLUMN gold.model_watches.constant_log_loss IS 'log-loss of the share of conversions as the score of all';
COMMENT ON COLUMN gold.model_watches.calibration_error IS 'mean distance between score and share of conversions over ten groups by score';
COMMENT ON COLUMN gold.model_watches.training_auc IS 'auc on the test part of the training; null: unknown';
COMMENT ON COLUMN gold.model_watches.training_log_loss IS 'log-loss on the test part of the training; null: unknown';
COMMENT ON COLUMN gold.model_watches.training_calibration_error IS 'calibration error on the test part of the training; null: unknown';
COMMENT ON COLUMN gold.model_watches.score_psi IS 'population stability index of the scores against those of the test part; null: no snapshot';
COMMENT ON COLUMN gold.model_watches.remark IS 'why a figure is missing; null: none is';

CREATE TABLE gold.model_drift (
  watch_id bigint NOT NULL REFERENCES gold.model_watches ON DELETE CASCADE,
  feature text COLLATE "C" NOT NULL,
  psi double precision NOT NULL,
  missing_share double precision NOT NULL,
  training_missing_share double precision NOT NULL,
  classes jsonb NOT NULL,
  PRIMARY KEY (watch_id, feature));
COMMENT ON TABLE gold.model_drift IS 'How far each feature is from the training data, and (score) from the scores of then';
COMMENT ON COLUMN gold.model_drift.watch_id IS 'of gold.model_watches';
COMMENT ON COLUMN gold.model_drift.feature IS 'name of the feature, or (score)';
COMMENT ON COLUMN gold.model_drift.psi IS 'population stability index: 0 equal, above 0.1 worth a look, above 0.25 another population';
COMMENT ON COLUMN gold.model_drift.missing_share IS 'share of the sessions without a value';
COMMENT ON COLUMN gold.model_drift.training_missing_share IS 'the same in the training data';
COMMENT ON COLUMN gold.model_drift.classes IS 'list of classes: label, training (share), recent (share)';

CREATE TABLE gold.rescores (
  session_key text COLLATE "C" NOT NULL,
  model_name text COLLATE "C" NOT NULL,
  model_version text COLLATE "C" NOT NULL,
  visitor_id text COLLATE "C" NOT NULL,
  session_revision integer NOT NULL,
  session_start timestamptz NOT NULL,
  conversion_score double precision NOT NULL,
  scored_at timestamptz NOT NULL,
  PRIMARY KEY (session_key, model_name, model_version));
CREATE INDEX rescores_by_visitor ON gold.rescores (visitor_id);
CREATE INDEX rescores_by_version ON gold.rescores (model_name, model_version, session_start);
COMMENT ON TABLE gold.rescores IS 'Scores of past sessions by a chosen model, from ./weir rescore; beside gold.session_scores';
COMMENT ON COLUMN gold.rescores.session_key IS 'names the session';
COMMENT ON COLUMN gold.rescores.model_name IS 'name of the model';
COMMENT ON COLUMN gold.rescores.model_version IS 'version of the model';
COMMENT ON COLUMN gold.rescores.visitor_id IS 'the anonymous id of the visitor';
COMMENT ON COLUMN gold.rescores.session_revision IS 'revision of the session that was scored';
COMMENT ON COLUMN gold.rescores.session_start IS 'start of the session';
COMMENT ON COLUMN gold.rescores.conversion_score IS 'probability of a purchase';
COMMENT ON COLUMN gold.rescores.scored_at IS 'when the score was given; it stays when the same score is given again';
