package io.weir.training.session;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.process.StartupException;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Reads sessions from {@code silver.sessions}, from one snapshot of it. */
public final class LakeSessions {
  private static final String NAME = LakeTables.SESSIONS.fullName();
  private static final String START = "start_time";

  private LakeSessions() {}

  /**
   * The range to read.
   *
   * @param from sessions that began at this time or later
   * @param to sessions that began before
   * @param snapshot an earlier snapshot; empty: the newest one
   */
  public record Range(Optional<Instant> from, Optional<Instant> to, Optional<Long> snapshot) {}

  public static SessionSet read(LakeLocation lake, Range range) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return read(catalog.loadTable(LakeTables.SESSIONS.identifier()), range);
    } catch (NoSuchTableException e) {
      throw new StartupException("the lake has no table " + NAME + " yet: start lake-sink", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static SessionSet read(Table table, Range range) {
    Snapshot snapshot = snapshot(table, range);
    var set = new SessionSet(NAME, snapshot.snapshotId());
    IcebergGenerics.ScanBuilder scan =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot.snapshotId())
            .where(where(range))
            .select(LakeSessionRow.COLUMNS);
    TableRows.read(scan, row -> set.add(LakeSessionRow.session(row)));
    return set;
  }

  private static Snapshot snapshot(Table table, Range range) {
    Snapshot found =
        range.snapshot().isPresent()
            ? table.snapshot(range.snapshot().get())
            : table.currentSnapshot();
    if (found == null) {
      throw new StartupException(
          range
              .snapshot()
              .map(id -> NAME + " has no snapshot " + id + " (any more)")
              .orElse(NAME + " is empty: let some sessions close first"));
    }
    return found;
  }

  private static Expression where(Range range) {
    Expression where = Expressions.alwaysTrue();
    if (range.from().isPresent()) {
      where = Expressions.greaterThanOrEqual(START, micros(range.from().get()));
    }
    if (range.to().isPresent()) {
      where = Expressions.and(where, Expressions.lessThan(START, micros(range.to().get())));
    }
    return where;
  }

  private static long micros(Instant time) {
    return Math.multiplyExact(time.toEpochMilli(), 1_000);
  }
}
