package io.weir.tools.replay;

import io.weir.process.StartupException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * A filter of raw records: appended at {@code from} or later and before {@code to}, with all of the
 * fields.
 */
record RawFilter(Instant from, Instant to, List<FieldValue> fields) {
  RawFilter {
    fields = List.copyOf(fields);
    if (!from.isBefore(to)) {
      throw new StartupException("--from " + from + " is not before --to " + to);
    }
  }

  /**
   * The condition of time. The table is partitioned by day, so files of other days are not read.
   */
  Expression time() {
    return Expressions.and(
        Expressions.greaterThanOrEqual("append_time", micros(from)),
        Expressions.lessThan("append_time", micros(to)));
  }

  boolean takes(@Nullable ByteBuffer value) {
    for (FieldValue each : fields) {
      if (!each.isIn(value)) {
        return false;
      }
    }
    return true;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
