package io.weir.tools.audit;

import io.weir.lake.table.KeptFrom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The first offset of each partition whose record and end retention cannot have removed. All
 * offsets count if retention has removed nothing.
 */
final class CountedFrom {
  private static final Duration EVENT_AGE = Duration.ofDays(31);

  /** The times of two records with neighbouring offsets differ by less. */
  private static final Duration DISORDER = Duration.ofDays(1);

  private final boolean isCut;

  /** The rows of bronze that are not counted. */
  private final SeenOffsets old;

  private final SeenOffsets bronze;

  private CountedFrom(boolean isCut, SeenOffsets old, SeenOffsets bronze) {
    this.isCut = isCut;
    this.old = old;
    this.bronze = bronze;
  }

  /** Reads what retention has noted at the tables. */
  static CountedFrom of(Table raw, Table events, Expression ofTopic, SeenOffsets bronze) {
    Instant ofRaw = KeptFrom.of(raw);
    Instant ofEvents = KeptFrom.of(events);
    if (ofRaw.equals(Instant.EPOCH) && ofEvents.equals(Instant.EPOCH)) {
      return new CountedFrom(false, SeenOffsets.none(), bronze);
    }
    // An event is up to 30 days older than its record.
    Instant reached = ofEvents.equals(Instant.EPOCH) ? ofEvents : ofEvents.plus(EVENT_AGE);
    Instant from = (reached.isAfter(ofRaw) ? reached : ofRaw).plus(DISORDER);
    Expression isOld =
        Expressions.lessThan("append_time", ChronoUnit.MICROS.between(Instant.EPOCH, from));
    return new CountedFrom(
        true, SeenOffsets.of(raw, Expressions.and(ofTopic, isOld), "partition", "offset"), bronze);
  }

  /** Whether retention has removed rows. */
  boolean isCut() {
    return isCut;
  }

  /** The first offset that counts, if retention has removed rows. */
  long first(int partition, long next) {
    Ranges before = old.of(partition);
    Ranges rows = bronze.of(partition);
    long first = rows.isEmpty() ? next : rows.first();
    return before.isEmpty() ? first : Math.max(first, before.end());
  }

  boolean has(int partition, long offset) {
    return !isCut || offset >= first(partition, 0);
  }
}
