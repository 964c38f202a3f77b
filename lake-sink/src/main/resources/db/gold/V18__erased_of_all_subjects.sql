-- The sums of the erased have all subjects of the cells, not sessions alone.

ALTER TABLE gold.erased
  ADD COLUMN subject text COLLATE "C" NOT NULL DEFAULT 'sessions',
  ADD COLUMN quantity bigint NOT NULL DEFAULT 0,
  ADD COLUMN visitors bigint NOT NULL DEFAULT 0;
ALTER TABLE gold.erased DROP CONSTRAINT erased_pkey;
ALTER TABLE gold.erased ADD PRIMARY KEY (subject, grain, dimension, bucket_start, is_bot, value);
COMMENT ON TABLE gold.erased IS 'The sums of what forget removed from silver; gold.cells still has them';
COMMENT ON TABLE gold.erasures IS 'Removals of persons from silver by forget, each counted once in gold.erased';
COMMENT ON COLUMN gold.erased.subject IS 'sessions, carts, events, products, late or visitors, as in gold.cells';
COMMENT ON COLUMN gold.erased.quantity IS 'number of products bought; of carts, of products left';
COMMENT ON COLUMN gold.erased.visitors IS 'visitors';

-- A field that a cell does not have is zero. An earlier version of forget names no subject.
CREATE OR REPLACE FUNCTION gold.add_erased(added jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  cell gold.erased;
  nothing gold.erased;
BEGIN
  nothing := jsonb_populate_record(NULL::gold.erased, '{
    "subject": "sessions", "quantity": 0, "visitors": 0,
    "sessions": 0, "converted_sessions": 0, "bounced_sessions": 0, "cart_sessions": 0, "checkout_sessions": 0,
    "abandoned_sessions": 0, "duration_ms": 0, "events": 0, "page_views": 0, "product_views": 0, "searches": 0,
    "ad_impressions": 0, "ad_clicks": 0, "add_to_carts": 0, "remove_from_carts": 0, "checkouts": 0, "purchases": 0,
    "late_events": 0, "matched_clicks": 0, "refunds": 0, "goal_events": 0, "goal_sessions": 0, "revenue": {},
    "refunded": {}, "goal_value": {}}');
  FOR cell IN
    SELECT * FROM jsonb_populate_recordset(nothing, added)
    ORDER BY subject, grain, dimension, bucket_start, is_bot, value
  LOOP
    INSERT INTO gold.erased AS had SELECT cell.*
    ON CONFLICT (subject, grain, dimension, bucket_start, is_bot, value) DO UPDATE SET
      sessions = had.sessions + EXCLUDED.sessions,
      converted_sessions = had.converted_sessions + EXCLUDED.converted_sessions,
      bounced_sessions = had.bounced_sessions + EXCLUDED.bounced_sessions,
      cart_sessions = had.cart_sessions + EXCLUDED.cart_sessions,
      checkout_sessions = had.checkout_sessions + EXCLUDED.checkout_sessions,
      abandoned_sessions = had.abandoned_sessions + EXCLUDED.abandoned_sessions,
      duration_ms = had.duration_ms + EXCLUDED.duration_ms,
      events = had.events + EXCLUDED.events,
      page_views = had.page_views + EXCLUDED.page_views,
      product_views = had.product_views + EXCLUDED.product_views,
      searches = had.searches + EXCLUDED.searches,
      ad_impressions = had.ad_impressions + EXCLUDED.ad_impressions,
      ad_clicks = had.ad_clicks + EXCLUDED.ad_clicks,
      add_to_carts = had.add_to_carts + EXCLUDED.add_to_carts,
      remove_from_carts = had.remove_from_carts + EXCLUDED.remove_from_carts,
      checkouts = had.checkouts + EXCLUDED.checkouts,
      purchases = had.purchases + EXCLUDED.purchases,
      late_events = had.late_events + EXCLUDED.late_events,
      quantity = had.quantity + EXCLUDED.quantity,
      visitors = had.visitors + EXCLUDED.visitors,
      matched_clicks = had.matched_clicks + EXCLUDED.matched_clicks,
      refunds = had.refunds + EXCLUDED.refunds,
      revenue = gold.add_amounts(had.revenue, EXCLUDED.revenue),
      refunded = gold.add_amounts(had.refunded, EXCLUDED.refunded),
      goal_events = had.goal_events + EXCLUDED.goal_events,
      goal_sessions = had.goal_sessions + EXCLUDED.goal_sessions,
      goal_value = gold.add_amounts(had.goal_value, EXCLUDED.goal_value);
  END LOOP;
END
$$;
