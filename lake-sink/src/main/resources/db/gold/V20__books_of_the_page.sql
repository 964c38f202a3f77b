-- What people who look at gold want to know about it: when it was last compared with the lake, and what the lake holds.

CREATE TABLE gold.reconciliations (
  reconciliation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finished_at timestamptz NOT NULL DEFAULT now(),
  subject text COLLATE "C" NOT NULL,
  side text COLLATE "C" NOT NULL,
  from_time timestamptz,
  to_time timestamptz,
  compared bigint NOT NULL,
  different bigint NOT NULL,
  moving bigint NOT NULL,
  is_cut boolean NOT NULL,
  snapshot_id bigint);
CREATE INDEX reconciliations_by_time ON gold.reconciliations (finished_at);
COMMENT ON TABLE gold.reconciliations IS 'Comparisons of gold with the lake by ./weir reconcile, kept for 400 days';
COMMENT ON COLUMN gold.reconciliations.reconciliation_id IS 'grows';
COMMENT ON COLUMN gold.reconciliations.finished_at IS 'when the comparison ended';
COMMENT ON COLUMN gold.reconciliations.subject IS 'what was compared, such as sessions; all, or all but some: every subject at once';
COMMENT ON COLUMN gold.reconciliations.side IS 'what was compared with the lake: gold or REST';
COMMENT ON COLUMN gold.reconciliations.from_time IS 'the first start of a bucket that was compared; null: no bound';
COMMENT ON COLUMN gold.reconciliations.to_time IS 'buckets that start before this time were compared; null: no bound';
COMMENT ON COLUMN gold.reconciliations.compared IS 'places that were compared, each a bucket and a value';
COMMENT ON COLUMN gold.reconciliations.different IS 'places whose numbers differ and stood still on both sides';
COMMENT ON COLUMN gold.reconciliations.moving IS 'places whose numbers differed and did not stand still';
COMMENT ON COLUMN gold.reconciliations.is_cut IS 'true: too many numbers differed, so it stopped before its end';
COMMENT ON COLUMN gold.reconciliations.snapshot_id IS 'the snapshot of silver.sessions that was compared; null: none';

CREATE TABLE gold.lake_tables (
  table_name text COLLATE "C" PRIMARY KEY,
  files bigint NOT NULL,
  delete_files bigint NOT NULL,
  rows bigint NOT NULL,
  bytes bigint NOT NULL,
  snapshots bigint NOT NULL,
  committed_at timestamptz,
  seen_at timestamptz NOT NULL DEFAULT now());
COMMENT ON TABLE gold.lake_tables IS 'The tables of the lake, as lake-sink saw them last';
COMMENT ON COLUMN gold.lake_tables.table_name IS 'namespace and name, such as silver.sessions';
COMMENT ON COLUMN gold.lake_tables.files IS 'data files of the newest snapshot';
COMMENT ON COLUMN gold.lake_tables.delete_files IS 'files of the newest snapshot that mark rows as deleted';
COMMENT ON COLUMN gold.lake_tables.rows IS 'rows of the data files, with those that are marked as deleted';
COMMENT ON COLUMN gold.lake_tables.bytes IS 'size of all files of the newest snapshot';
COMMENT ON COLUMN gold.lake_tables.snapshots IS 'snapshots that are kept';
COMMENT ON COLUMN gold.lake_tables.committed_at IS 'when the newest snapshot was committed; null: the table has none';
COMMENT ON COLUMN gold.lake_tables.seen_at IS 'when lake-sink looked';
