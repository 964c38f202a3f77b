package io.weir.lake.commit;

import java.util.Iterator;

/**
 * The condition for a commit. The table's history does not contain the commit yet, and its newest
 * marker is still the one whose offsets the commit copies.
 */
public record Guard(String commitId, Marker newest) {

  /** Whether the commit is in the history already, whatever the catalog reported. */
  public boolean isDone(Iterable<Marker> history) {
    return contains(history, commitId);
  }

  /** Whether the newest marker is still the same, so no writer has moved an offset meanwhile. */
  public boolean isCurrent(Iterable<Marker> history) {
    return newest(history).equals(newest);
  }

  static boolean contains(Iterable<Marker> history, String commitId) {
    for (Marker marker : history) {
      if (marker.commitId().equals(commitId)) {
        return true;
      }
    }
    return false;
  }

  static Marker newest(Iterable<Marker> history) {
    Iterator<Marker> markers = history.iterator();
    return markers.hasNext() ? markers.next() : Marker.NONE;
  }
}
