package io.weir.training.click;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeScan;
import io.weir.training.session.LakeSessions.Range;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Reads the events of all visitors from {@code silver.events}, from one snapshot of it. */
public final class LakeImpressions {
  private static final String NAME = LakeTables.EVENTS.fullName();
  private static final String TIME = "event_time";

  private LakeImpressions() {}

  public static ImpressionSet read(LakeLocation lake, Range range) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return read(catalog.loadTable(LakeTables.EVENTS.identifier()), range);
    } catch (NoSuchTableException e) {
      throw new StartupException("the lake has no table " + NAME + " yet: start lake-sink", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static ImpressionSet read(Table table, Range range) {
    Snapshot snapshot = LakeScan.snapshot(table, NAME, range);
    var set = new ImpressionSet(new LabelledRows.Source(NAME, snapshot.snapshotId(), range));
    var reader = new LakeEventRow();
    TableRows.read(
        LakeScan.scan(table, snapshot, TIME, range, LakeEventRow.COLUMNS),
        row -> set.add(reader.event(row)));
    return set;
  }
}
