package io.weir.sink.commit;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The marker in the summaries of snapshots. Every commit of ours carries it; one that does not (of
 * another engine) hides nothing, for the ancestry is walked to the newest that does.
 */
public final class CommittedOffsets {
  static final String OFFSETS = "weir.offsets";
  static final String COMMIT_ID = "weir.commit-id";

  private CommittedOffsets() {}

  /** The newest marker of the table's current state; refresh the table first. */
  public static Marker newest(Table table) {
    return table.currentSnapshot() == null ? Marker.NONE : newest(ancestry(table));
  }

  static Marker newest(Iterable<Snapshot> ancestry) {
    for (Snapshot snapshot : ancestry) {
      Map<String, String> summary = snapshot.summary();
      String offsets = summary.get(OFFSETS);
      if (offsets != null) {
        return new Marker(summary.getOrDefault(COMMIT_ID, ""), Offsets.decoded(offsets));
      }
    }
    return Marker.NONE;
  }

  static boolean contains(Iterable<Snapshot> ancestry, String commitId) {
    for (Snapshot snapshot : ancestry) {
      if (commitId.equals(snapshot.summary().get(COMMIT_ID))) {
        return true;
      }
    }
    return false;
  }

  static boolean contains(Table table, String commitId) {
    return table.currentSnapshot() != null && contains(ancestry(table), commitId);
  }

  /** Any commit to the table must carry a marker on: that of the writer, or the newest found. */
  public static <T extends SnapshotUpdate<T>> T mark(T update, Marker marker) {
    return update.set(OFFSETS, marker.offsets().encoded()).set(COMMIT_ID, marker.commitId());
  }

  private static Iterable<Snapshot> ancestry(Table table) {
    return SnapshotUtil.ancestorsOf(table.currentSnapshot().snapshotId(), table::snapshot);
  }
}
