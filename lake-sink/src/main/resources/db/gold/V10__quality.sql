-- What became of raw records: the cells of subject quality, a row for each bucket and partition.

COMMENT ON COLUMN gold.cell_versions.subject IS
  'sessions (by their start), events and products (by the time of the event), visitors, quality (by the time of processing), or progress';
COMMENT ON COLUMN gold.cell_versions.grain IS
  '15m, or day: a day of the site''s time zone; of quality also 1m, kept for 48 hours';
COMMENT ON COLUMN gold.cells.subject IS
  'sessions (by their start), events and products (by the time of the event), visitors, quality (by the time of processing), or progress';
COMMENT ON COLUMN gold.cells.grain IS
  '15m, or day: a day of the site''s time zone; of quality also 1m, kept for 48 hours';

CREATE VIEW gold.quality AS
  SELECT
    grain, bucket_start, partition,
    received, returned, accepted, late, robots, duplicates, rekeyed, rejected, internal,
    received + returned - accepted - duplicates - rekeyed - rejected AS balance,
    round(delay_ms / 1000.0 / nullif(received, 0), 3) AS avg_delay_s
  FROM (
    SELECT
      grain, bucket_start, partition,
      coalesce(sum(events) FILTER (WHERE value = 'received'), 0)::bigint AS received,
      coalesce(sum(events) FILTER (WHERE value = 'returned'), 0)::bigint AS returned,
      coalesce(sum(events) FILTER (WHERE value = 'accepted'), 0)::bigint AS accepted,
      coalesce(sum(events) FILTER (WHERE value = 'late'), 0)::bigint AS late,
      coalesce(sum(events) FILTER (WHERE value = 'robot'), 0)::bigint AS robots,
      coalesce(sum(events) FILTER (WHERE value = 'duplicate'), 0)::bigint AS duplicates,
      coalesce(sum(events) FILTER (WHERE value = 'rekeyed'), 0)::bigint AS rekeyed,
      coalesce(sum(events) FILTER (WHERE starts_with(value, 'rejected:')), 0)::bigint AS rejected,
      coalesce(sum(events) FILTER (WHERE value = 'rejected:internal_traffic'), 0)::bigint
        AS internal,
      coalesce(sum(duration_ms) FILTER (WHERE value = 'received'), 0)::bigint AS delay_ms
    FROM gold.cell_versions
    WHERE subject = 'quality' AND dimension = 'outcome'
    GROUP BY grain, bucket_start, partition) AS counted;
COMMENT ON VIEW gold.quality IS 'What became of raw records, by the time of processing';
COMMENT ON COLUMN gold.quality.grain IS '1m (kept for 48 hours), 15m, or day: a day of the site''s time zone';
COMMENT ON COLUMN gold.quality.bucket_start IS 'start of the minute, the 15 minutes or the day';
COMMENT ON COLUMN gold.quality.partition IS 'the source partition; numbers add up over partitions';
COMMENT ON COLUMN gold.quality.received IS 'records read for the first time';
COMMENT ON COLUMN gold.quality.returned IS 'records that came from another partition, where they were rekeyed';
COMMENT ON COLUMN gold.quality.accepted IS 'records that became events';
COMMENT ON COLUMN gold.quality.late IS 'of the accepted: too late for any session';
COMMENT ON COLUMN gold.quality.robots IS 'of the accepted: sent by a robot, as its own agent says';
COMMENT ON COLUMN gold.quality.duplicates IS 'records of an event that had been accepted before';
COMMENT ON COLUMN gold.quality.rekeyed IS 'records sent on to the partition of their visitor';
COMMENT ON COLUMN gold.quality.rejected IS 'records that were refused; gold.quality_reasons has the reasons';
COMMENT ON COLUMN gold.quality.internal IS 'of the rejected: own people''s';
COMMENT ON COLUMN gold.quality.balance IS 'received + returned - accepted - duplicates - rekeyed - rejected: zero, or a record was lost';
COMMENT ON COLUMN gold.quality.avg_delay_s IS 'mean seconds from a record''s time in the topic to its processing, each at most a day';

CREATE VIEW gold.quality_reasons AS
  SELECT
    grain, bucket_start, partition, substr(value, length('rejected:') + 1) AS reason,
    events AS rejected
  FROM gold.cell_versions
  WHERE subject = 'quality' AND dimension = 'outcome' AND starts_with(value, 'rejected:');
COMMENT ON VIEW gold.quality_reasons IS 'Rejected raw records by reason';
COMMENT ON COLUMN gold.quality_reasons.grain IS '1m (kept for 48 hours), 15m, or day: a day of the site''s time zone';
COMMENT ON COLUMN gold.quality_reasons.bucket_start IS 'start of the minute, the 15 minutes or the day';
COMMENT ON COLUMN gold.quality_reasons.partition IS 'the source partition; numbers add up over partitions';
COMMENT ON COLUMN gold.quality_reasons.reason IS 'code of the reason, as docs/reject-reasons.md lists them';
COMMENT ON COLUMN gold.quality_reasons.rejected IS 'records that were rejected for this reason';
