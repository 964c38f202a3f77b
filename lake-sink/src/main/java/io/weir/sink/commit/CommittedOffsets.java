package io.weir.sink.commit;

import java.util.ArrayList;
import java.util.List;
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
    return Guard.newest(history(table));
  }

  /** All markers of the table's current state, the newest first. */
  static List<Marker> history(Table table) {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? List.of()
        : markers(SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot));
  }

  static List<Marker> markers(Iterable<Snapshot> ancestry) {
    var markers = new ArrayList<Marker>();
    for (Snapshot snapshot : ancestry) {
      Map<String, String> summary = snapshot.summary();
      String offsets = summary.get(OFFSETS);
      if (offsets != null) {
        markers.add(new Marker(summary.getOrDefault(COMMIT_ID, ""), Offsets.decoded(offsets)));
      }
    }
    return markers;
  }

  /** Any commit to the table must carry a marker on: that of the writer, or the newest found. */
  public static <T extends SnapshotUpdate<T>> T mark(T update, Marker marker) {
    return update.set(OFFSETS, marker.offsets().encoded()).set(COMMIT_ID, marker.commitId());
  }
}
