package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.ByteReader;

/** Reads the ids at the front of frozen bytes: their number, then each of them. */
public final class IdRow {
  private IdRow() {}

  static void addAll(FrozenList<?> list, IdFilter ids) {
    for (FrozenItem each : list.items()) {
      var in = new ByteReader(each.blob().bytes());
      for (int left = in.varint(); left > 0; left--) {
        ids.add(in.fixed());
      }
    }
  }

  /** Searches the ids of the newest item first. */
  static boolean isKnown(FrozenList<?> list, long idHash) {
    for (int i = list.items().size() - 1; i >= 0; i--) {
      if (new ByteReader(list.items().get(i).blob().bytes()).hasFixed(idHash)) {
        return true;
      }
    }
    return false;
  }

  /** The number of ids. */
  public static int count(FrozenList<?> list) {
    int count = 0;
    for (FrozenItem each : list.items()) {
      count += new ByteReader(each.blob().bytes()).varint();
    }
    return count;
  }
}
