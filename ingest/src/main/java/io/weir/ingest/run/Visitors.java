package io.weir.ingest.run;

/** Counts different visitors exactly up to a million; beyond, it says that there are more. */
final class Visitors {
  static final int MOST = 1_000_000;

  private long[] slots = new long[1 << 12];
  private int count;

  /** Adds the 64-bit hash of an id. With a million ids, a collision has a chance of 1 to 10^7. */
  void add(String id) {
    long hash = hash(id);
    if (count > MOST || !insert(slots, hash)) {
      return;
    }
    count++;
    if (2 * count > slots.length) {
      var larger = new long[slots.length * 2];
      for (long slot : slots) {
        if (slot != 0) {
          insert(larger, slot);
        }
      }
      slots = larger;
    }
  }

  private static boolean insert(long[] slots, long hash) {
    int at = (int) (hash >>> 20) & (slots.length - 1);
    while (slots[at] != 0) {
      if (slots[at] == hash) {
        return false;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = hash;
    return true;
  }

  /** The hash of an id; never 0, which marks an empty slot. */
  private static long hash(String id) {
    long hash = 0x9e37_79b9_7f4a_7c15L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0xff51_afd7_ed55_8ccdL;
      hash ^= hash >>> 32;
    }
    return hash == 0 ? 1 : hash;
  }

  long count() {
    return Math.min(count, MOST);
  }

  boolean isMore() {
    return count > MOST;
  }
}
