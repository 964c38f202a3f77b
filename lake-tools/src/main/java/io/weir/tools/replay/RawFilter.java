package io.weir.tools.replay;

import io.weir.process.StartupException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** Which raw records: appended from one time until before another, with all of these fields. */
record RawFilter(Instant from, Instant to, List<FieldValue> fields) {
  RawFilter {
    fields = List.copyOf(fields);
    if (!from.isBefore(to)) {
      throw new StartupException("--from " + from + " is not before --to " + to);
    }
  }

  /** The days are the partitions of the table, so others are not read. */
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
