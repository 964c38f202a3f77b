-- An order counts once per visitor and app, no longer once per session: what the columns say of it.
COMMENT ON COLUMN gold.session_revisions.repeated_purchases IS
  'events of type purchase whose order_id an earlier one of the visitor had; not part of purchases and revenue';
COMMENT ON COLUMN gold.session_metrics.repeated_purchases IS
  'events of type purchase whose order_id an earlier one of the visitor had; not part of purchases and revenue';
COMMENT ON COLUMN bi.fact_session.repeated_purchases IS
  'events of type purchase whose order_id an earlier one of the visitor had; not part of purchases and revenue';
COMMENT ON COLUMN gold.cell_versions.purchases IS
  'events of type purchase, each order_id of a visitor and app once';
