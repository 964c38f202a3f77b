-- Business alerts: which windows of a rule were reported, and the calls that report them.

CREATE TABLE gold.alert_rules (
  rule text COLLATE "C" PRIMARY KEY,
  fingerprint text COLLATE "C" NOT NULL,
  live_since timestamptz NOT NULL,
  decided_until timestamptz NOT NULL);
COMMENT ON TABLE gold.alert_rules IS 'Rules of alerts that run live';
COMMENT ON COLUMN gold.alert_rules.rule IS 'name of the rule in its file';
COMMENT ON COLUMN gold.alert_rules.fingerprint IS 'hash of the rule; a changed rule begins anew';
COMMENT ON COLUMN gold.alert_rules.live_since IS 'when the rule was first run with this fingerprint';
COMMENT ON COLUMN gold.alert_rules.decided_until IS 'windows that begin before are decided for good';

CREATE TABLE gold.alerts (
  rule text COLLATE "C" NOT NULL,
  window_start timestamptz NOT NULL,
  window_end timestamptz NOT NULL,
  is_fired boolean NOT NULL,
  revision integer NOT NULL,
  value numeric,
  reference numeric,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (rule, window_start));
COMMENT ON TABLE gold.alerts IS 'Windows that were reported, as they stand';
COMMENT ON COLUMN gold.alerts.rule IS 'name of the rule in its file';
COMMENT ON COLUMN gold.alerts.window_start IS 'start of the window';
COMMENT ON COLUMN gold.alerts.window_end IS 'end of the window';
COMMENT ON COLUMN gold.alerts.is_fired IS 'true: fired; false: a revision of gold took the reason away';
COMMENT ON COLUMN gold.alerts.revision IS 'number of the change, from 1';
COMMENT ON COLUMN gold.alerts.value IS 'value of the metric at the last change';
COMMENT ON COLUMN gold.alerts.reference IS 'value of the window that it is compared with';
COMMENT ON COLUMN gold.alerts.decided_at IS 'when the last change was decided';

CREATE TABLE gold.alert_calls (
  call_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  idempotency_key text COLLATE "C" NOT NULL UNIQUE,
  rule text COLLATE "C" NOT NULL,
  window_start timestamptz NOT NULL,
  body text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  delivered_at timestamptz,
  last_error text);
CREATE INDEX alert_calls_open ON gold.alert_calls (rule, window_start, call_id) WHERE delivered_at IS NULL;
COMMENT ON TABLE gold.alert_calls IS 'Calls of the webhook; written in the transaction that decides a window';
COMMENT ON COLUMN gold.alert_calls.call_id IS 'grows; the calls of one window go out in this order';
COMMENT ON COLUMN gold.alert_calls.idempotency_key IS 'rule, start of the window and revision; the same in each attempt';
COMMENT ON COLUMN gold.alert_calls.rule IS 'name of the rule in its file';
COMMENT ON COLUMN gold.alert_calls.window_start IS 'start of the window';
COMMENT ON COLUMN gold.alert_calls.body IS 'the JSON that is sent';
COMMENT ON COLUMN gold.alert_calls.attempts IS 'number of failed attempts';
COMMENT ON COLUMN gold.alert_calls.next_attempt_at IS 'not before is it tried again';
COMMENT ON COLUMN gold.alert_calls.delivered_at IS 'when the receiver answered with a status of 2xx; null while open';
COMMENT ON COLUMN gold.alert_calls.last_error IS 'why the last attempt failed';
