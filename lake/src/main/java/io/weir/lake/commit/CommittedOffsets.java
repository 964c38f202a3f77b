package io.weir.lake.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the marker in the summaries of snapshots. Every commit of Weir has a marker.
 * Commits of other engines have none, so the ancestry is searched for the newest snapshot with a
 * marker.
 */
public final class CommittedOffsets {
  static final String OFFSETS = "weir.offsets";
  static final String COMMIT_ID = "weir.commit-id";
  static final String TOPIC_ID = "weir.topic-id";

  private static final Logger LOG = LoggerFactory.getLogger(CommittedOffsets.class);
  private static final int ATTEMPTS = 8;

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

  /** The snapshot that has the newest marker. */
  public static Optional<Snapshot> newestSnapshot(Table table) {
    Snapshot current = table.currentSnapshot();
    if (current != null) {
      for (Snapshot each : SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot)) {
        if (each.summary().containsKey(OFFSETS)) {
          return Optional.of(each);
        }
      }
    }
    return Optional.empty();
  }

  static List<Marker> markers(Iterable<Snapshot> ancestry) {
    var markers = new ArrayList<Marker>();
    for (Snapshot snapshot : ancestry) {
      Map<String, String> summary = snapshot.summary();
      String offsets = summary.get(OFFSETS);
      if (offsets != null) {
        Offsets decoded = Offsets.decoded(summary.getOrDefault(TOPIC_ID, ""), offsets);
        markers.add(new Marker(summary.getOrDefault(COMMIT_ID, ""), decoded));
      }
    }
    return markers;
  }

  /**
   * Commits an update that moves no offset, with a copy of the newest marker. If a writer moved the
   * offsets meanwhile, the update is made and tried again, up to eight times. Other failures are
   * thrown. Then the update may have taken effect, so none of its files may be deleted.
   */
  public static <T extends SnapshotUpdate<T>> void carryOn(Table table, Supplier<T> updates) {
    for (int attempt = 1; ; attempt++) {
      table.refresh();
      Marker newest = newest(table);
      T update = updates.get();
      if (!newest.equals(Marker.NONE)) {
        mark(update, newest);
      }
      try {
        update
            .validateWith(unmoved(newest))
            .deleteWith(file -> LOG.debug("{} is left to the removal of orphans", file))
            .commit();
        return;
      } catch (ValidationException | CommitFailedException e) {
        table.refresh();
        if (attempt == ATTEMPTS || newest(table).equals(newest)) {
          throw e;
        }
      }
    }
  }

  private static SnapshotAncestryValidator unmoved(Marker newest) {
    return new SnapshotAncestryValidator() {
      @Override
      public boolean validate(Iterable<Snapshot> ancestry) {
        return Guard.newest(markers(ancestry)).equals(newest);
      }

      @Override
      public String errorMessage() {
        return "a writer has moved the table on from commit " + newest.commitId();
      }
    };
  }

  /**
   * Adds a marker to an update. Every commit to the table needs one: the writer's new marker, or a
   * copy of the newest.
   */
  public static <T extends SnapshotUpdate<T>> T mark(T update, Marker marker) {
    String topicId = marker.offsets().topicId();
    if (!topicId.isEmpty()) {
      update.set(TOPIC_ID, topicId);
    }
    return update.set(OFFSETS, marker.offsets().encoded()).set(COMMIT_ID, marker.commitId());
  }
}
