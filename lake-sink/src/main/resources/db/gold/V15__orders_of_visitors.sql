-- An order counts once per visitor and app, no longer once per session: so the comments of the columns say.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pg_attribute.attrelid::regclass AS relation, pg_attribute.attname, changed.comment
    FROM (VALUES
      ('repeated_purchases', 'events of type purchase whose order_id an earlier one of the session had; not part of '
        'purchases and revenue', 'events of type purchase whose order_id an earlier one of the visitor had; not part of '
        'purchases and revenue'),
      ('purchases', 'events of type purchase', 'events of type purchase, each order_id of a visitor and app once'),
      ('purchases', 'change of: events of type purchase',
        'change of: events of type purchase, each order_id of a visitor and app once'))
      AS changed (name, former, comment)
    JOIN pg_attribute ON pg_attribute.attname = changed.name AND pg_attribute.attnum > 0
    JOIN pg_class ON pg_class.oid = pg_attribute.attrelid AND pg_class.relkind IN ('r', 'p', 'v')
    WHERE pg_class.relnamespace IN ('gold'::regnamespace, 'bi'::regnamespace)
      AND col_description(pg_attribute.attrelid, pg_attribute.attnum) = changed.former
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.relation, one.attname, one.comment);
  END LOOP;
END
$$;
