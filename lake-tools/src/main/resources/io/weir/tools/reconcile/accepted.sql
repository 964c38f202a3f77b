-- What the SQL of the subjects that count events share.

-- The side of an event: people or robots. The one place that decides it.
-- own: what the agent of the event says; of_session: what its closed session says, null while it is open.
CREATE OR REPLACE MACRO event_is_bot(own, of_session) AS own OR coalesce(of_session, false);

-- A currency as gold names it: the codes of ISO 4217, and the empty text where none was given.
CREATE OR REPLACE MACRO gold_currency(code) AS
  CASE WHEN list_contains(getvariable('currencies'), coalesce(code, '')) THEN coalesce(code, '') ELSE '(other)' END;

-- What a purchase or a refund is worth: its priced products; without any, the event's value.
CREATE OR REPLACE MACRO gold_worth(products, worth) AS coalesce(
  CASE WHEN len([each FOR each IN products IF each.line_revenue IS NOT NULL]) > 0 THEN
    least(
      list_sum([each.line_revenue FOR each IN products IF each.line_revenue IS NOT NULL]),
      922337203685477.5807::DECIMAL(38, 4))
  END,
  worth,
  0)::DECIMAL(38, 4);

-- The name of a page: domain and path.
CREATE OR REPLACE MACRO gold_page(url, url_domain, url_path) AS
  CASE WHEN url_path IS NULL THEN url ELSE coalesce(url_domain, '') || url_path END;

-- The events that are part of a session, each with its closed session, if it has one.
CREATE OR REPLACE VIEW main.accepted AS
SELECT
  event.* EXCLUDE (is_bot),
  event.is_bot AS own_is_bot,
  coalesce(event.event_time > session.end_time, true) AS is_open,
  event_is_bot(
    event.is_bot, CASE WHEN event.event_time <= session.end_time THEN session.is_bot END) AS is_bot
FROM silver.events AS event
ASOF LEFT JOIN silver.sessions AS session
  ON event.visitor_id = session.visitor_id AND event.event_time >= session.start_time
WHERE NOT event.is_late;

-- The accepted events of the range. is_purchase: a purchase that counts. One that repeats an order does not: the same
-- visitor has a purchase of the same app and order before it, at most order_memory_ms earlier.
CREATE OR REPLACE VIEW main.counted_events AS
WITH
repeated AS (
  SELECT raw_partition, raw_offset
  FROM main.accepted
  WHERE event_type = 'purchase'
    AND order_id <> ''
    AND epoch_ms(event_time) >= epoch_ms(getvariable('range_from')) - getvariable('order_memory_ms')
    AND event_time < getvariable('range_to')
  QUALIFY epoch_ms(event_time) - lag(epoch_ms(event_time)) OVER (
    PARTITION BY visitor_id, coalesce(app_id, ''), order_id ORDER BY event_time, event_id)
    <= getvariable('order_memory_ms')
)
SELECT
  bucket_ms,
  event.*,
  event.event_type = 'purchase' AND repeated.raw_offset IS NULL AS is_purchase,
  gold_currency(event.currency) AS named_currency,
  gold_worth(event.products, event.value) AS worth
FROM main.accepted AS event
ASOF JOIN main.buckets ON epoch_ms(event_time) >= bucket_ms
LEFT JOIN repeated ON repeated.raw_partition = event.raw_partition AND repeated.raw_offset = event.raw_offset
WHERE event_time >= getvariable('range_from') AND event_time < getvariable('range_to');
