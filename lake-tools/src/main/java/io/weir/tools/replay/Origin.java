package io.weir.tools.replay;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.apache.iceberg.data.Record;

/** The place and time at which a record was first appended; ordered by time, then place. */
record Origin(long appendMicros, String topic, int partition, long offset)
    implements Comparable<Origin> {
  private static final Comparator<Origin> ORDER =
      Comparator.comparingLong(Origin::appendMicros)
          .thenComparing(Origin::topic)
          .thenComparingInt(Origin::partition)
          .thenComparingLong(Origin::offset);

  /** The append time of a row, in microseconds. */
  static long micros(Record row) {
    var time = (OffsetDateTime) row.getField("append_time");
    return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
  }

  Instant appendTime() {
    return Instant.EPOCH.plus(appendMicros, ChronoUnit.MICROS);
  }

  /** The value of the header of a replayed record. */
  String mark() {
    return topic + "-" + partition + "-" + offset;
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
