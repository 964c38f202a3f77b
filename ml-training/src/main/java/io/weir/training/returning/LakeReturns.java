package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeScan;
import io.weir.training.session.LakeSessions.Range;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Reads closed sessions and what followed them from one snapshot of {@code silver.sessions}. */
public final class LakeReturns {
  private static final String NAME = LakeTables.SESSIONS.fullName();
  private static final String START = "start_time";
  private static final String END = "end_time";
  private static final List<String> TIMES = List.of(START, END);

  private LakeReturns() {}

  public static ReturnSet read(LakeLocation lake, Range range) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return read(catalog.loadTable(LakeTables.SESSIONS.identifier()), range);
    } catch (NoSuchTableException e) {
      throw new StartupException("the lake has no table " + NAME + " yet: start lake-sink", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  /**
   * The range limits the rows; sessions behind it still tell who came back. Of those that are too
   * late for that, nothing is kept but how far the table has come.
   */
  static ReturnSet read(Table table, Range range) {
    Snapshot snapshot = LakeScan.snapshot(table, NAME, range);
    var set = new ReturnSet(new LabelledRows.Source(NAME, snapshot.snapshotId(), range));
    each(table, snapshot, range, set::add);
    if (range.to().isPresent()) {
      Instant to = range.to().get();
      Instant until = latest(to, set.lastReturn());
      each(table, snapshot, between(to, Optional.of(until)), set::add);
      TableRows.read(
          LakeScan.scan(table, snapshot, START, between(until, Optional.empty()), TIMES),
          row -> set.addLater(((OffsetDateTime) row.getField(END)).toInstant().toEpochMilli()));
    }
    return set;
  }

  /** The first time at which no session is a return any more. */
  private static Instant latest(Instant to, OptionalLong lastReturn) {
    Instant after = lastReturn.isEmpty() ? to : Instant.ofEpochMilli(lastReturn.getAsLong() + 1);
    return after.isAfter(to) ? after : to;
  }

  private static Range between(Instant from, Optional<Instant> to) {
    return new Range(Optional.of(from), to, Optional.empty());
  }

  private static void each(
      Table table, Snapshot snapshot, Range range, Consumer<Session> consumer) {
    TableRows.read(
        LakeScan.scan(table, snapshot, START, range, LakeReturnRow.COLUMNS),
        row -> consumer.accept(LakeReturnRow.session(row)));
  }
}
