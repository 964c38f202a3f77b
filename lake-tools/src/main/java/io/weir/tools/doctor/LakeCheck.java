package io.weir.tools.doctor;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;

/** The catalog, the tables, and whether somebody maintains them. */
record LakeCheck(LakeLocation location) implements Check {
  /** Maintenance keeps half a day of snapshots, one a minute. */
  private static final int MANY_SNAPSHOTS = 5_000;

  private static final int MANY_DELETES = 500;

  @Override
  public String part() {
    return "lake";
  }

  @Override
  public List<Finding> look() {
    Catalog catalog = LakeCatalog.connectToRead(location);
    try {
      var seen = new ArrayList<Finding>();
      int tables = 0;
      long newest = 0;
      for (TableSpec spec : LakeTables.all()) {
        if (catalog.tableExists(spec.identifier())) {
          tables++;
          Table table = catalog.loadTable(spec.identifier());
          Snapshot current = table.currentSnapshot();
          newest = Math.max(newest, current == null ? 0 : current.timestampMillis());
          seen.addAll(care(spec.fullName(), table));
        } else {
          seen.add(
              Finding.fail(part(), "missing", "start lake-sink, or run its command prepare")
                  .of(spec.fullName()));
        }
      }
      if (seen.isEmpty()) {
        seen.add(Finding.ok(part(), tables + " tables" + written(newest)));
      }
      return seen;
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private List<Finding> care(String name, Table table) {
    var seen = new ArrayList<Finding>();
    int snapshots = 0;
    for (Snapshot _ : table.snapshots()) {
      snapshots++;
    }
    if (snapshots > MANY_SNAPSHOTS) {
      seen.add(unmaintained("%,d snapshots".formatted(snapshots)).of(name));
    }
    Snapshot current = table.currentSnapshot();
    if (current != null) {
      String deletes = current.summary().getOrDefault(SnapshotSummary.TOTAL_DELETE_FILES_PROP, "0");
      if (Long.parseLong(deletes) > MANY_DELETES) {
        seen.add(unmaintained(deletes + " delete files").of(name));
      }
    }
    return seen;
  }

  private Finding unmaintained(String text) {
    return Finding.warn(
        part(), text, "does the maintenance run? `maintain` does it now (lake-sink/README.md)");
  }

  private static String written(long newest) {
    if (newest == 0) {
      return ", without rows";
    }
    Duration age = Duration.between(Instant.ofEpochMilli(newest), Instant.now());
    return ", last written %,d s ago".formatted(Math.max(0, age.toSeconds()));
  }
}
