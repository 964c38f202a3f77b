package io.weir.lake.commit;

import java.util.Iterator;

/**
 * What must hold of a table's history at the moment a commit moves it: the commit is not in it yet,
 * and the newest marker is still the one whose offsets the commit copies.
 */
public record Guard(String commitId, Marker newest) {

  /** The commit took effect before, whatever was reported. */
  public boolean isDone(Iterable<Marker> history) {
    return contains(history, commitId);
  }

  /** Nobody has moved any offset meanwhile. */
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
