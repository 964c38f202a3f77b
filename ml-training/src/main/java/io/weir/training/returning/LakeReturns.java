package io.weir.training.returning;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeScan;
import io.weir.training.session.LakeSessions.Range;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Reads closed sessions and what followed them from one snapshot of {@code silver.sessions}. */
public final class LakeReturns {
  private static final String NAME = LakeTables.SESSIONS.fullName();
  private static final String START = "start_time";

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

  /** The range limits the rows; sessions behind it still tell who came back. */
  static ReturnSet read(Table table, Range range) {
    Snapshot snapshot = LakeScan.snapshot(table, NAME, range);
    var set = new ReturnSet(new LabelledRows.Source(NAME, snapshot.snapshotId(), range));
    var open = new Range(range.from(), Optional.empty(), range.snapshot());
    TableRows.read(
        LakeScan.scan(table, snapshot, START, open, LakeReturnRow.COLUMNS),
        row -> set.add(LakeReturnRow.session(row)));
    return set;
  }
}
