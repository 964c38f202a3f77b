package io.weir.training.session;

import io.weir.process.StartupException;
import io.weir.training.session.LakeSessions.Range;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Reading a range of a table from one snapshot. */
public final class LakeScan {
  private LakeScan() {}

  /** The snapshot that the range names, or the newest one. */
  public static Snapshot snapshot(Table table, String name, Range range) {
    Snapshot found =
        range.snapshot().isPresent()
            ? table.snapshot(range.snapshot().get())
            : table.currentSnapshot();
    if (found == null) {
      throw new StartupException(
          range
              .snapshot()
              .map(id -> name + " has no snapshot " + id + " (any more)")
              .orElse(name + " is empty: nothing of the stream has reached it yet"));
    }
    return found;
  }

  /** The rows of a snapshot whose time is in the range. */
  public static IcebergGenerics.ScanBuilder scan(
      Table table, Snapshot snapshot, String time, Range range, List<String> columns) {
    return IcebergGenerics.read(table)
        .useSnapshot(snapshot.snapshotId())
        .where(where(time, range))
        .select(columns);
  }

  private static Expression where(String time, Range range) {
    Expression where = Expressions.alwaysTrue();
    if (range.from().isPresent()) {
      where = Expressions.greaterThanOrEqual(time, micros(range.from().get()));
    }
    if (range.to().isPresent()) {
      where = Expressions.and(where, Expressions.lessThan(time, micros(range.to().get())));
    }
    return where;
  }

  private static long micros(Instant time) {
    return Math.multiplyExact(time.toEpochMilli(), 1_000);
  }
}
