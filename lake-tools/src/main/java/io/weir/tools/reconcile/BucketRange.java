package io.weir.tools.reconcile;

import java.time.Instant;

/**
 * The buckets that start in a span of time.
 *
 * @param from the first possible start
 * @param to behind the last possible start
 */
record BucketRange(Instant from, Instant to) {
  /** All times that a bucket of gold may have. */
  static final BucketRange ALL =
      new BucketRange(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

  static final BucketRange NONE = new BucketRange(Instant.EPOCH, Instant.EPOCH);

  boolean isEmpty() {
    return !from.isBefore(to);
  }

  BucketRange notBefore(Instant time) {
    return time.isAfter(from) ? new BucketRange(time, to) : this;
  }

  /** The smallest range that has both. */
  BucketRange and(BucketRange other) {
    return new BucketRange(
        other.from.isBefore(from) ? other.from : from, other.to.isAfter(to) ? other.to : to);
  }
}
