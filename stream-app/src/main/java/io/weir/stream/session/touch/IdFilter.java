package io.weir.stream.session.touch;

/**
 * A set of 32 bits of each id's hash. It rules out nearly all ids that a visitor does not have with
 * one look into one array, while the ids themselves lie scattered over touches and bytes.
 */
final class IdFilter {
  private static final int LEAST = 32;
  private static final int GOLDEN = 0x9e37_79b9;

  /** Open addressing, at most half full; 0 is a free place. */
  private int[] table = new int[LEAST];

  private int size;

  /** Returns false only for an id that was never added. */
  boolean mayHave(long idHash) {
    int print = print(idHash);
    for (int at = place(print); table[at] != 0; at = (at + 1) & (table.length - 1)) {
      if (table[at] == print) {
        return true;
      }
    }
    return false;
  }

  void add(long idHash) {
    if (2 * size >= table.length) {
      grow();
    }
    put(print(idHash));
  }

  private void put(int print) {
    int at = place(print);
    while (table[at] != 0) {
      if (table[at] == print) {
        return;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = print;
    size++;
  }

  private static int print(long idHash) {
    return (int) (idHash >>> 32) | 1;
  }

  private int place(int print) {
    return ((print * GOLDEN) >>> 7) & (table.length - 1);
  }

  private void grow() {
    int[] old = table;
    table = new int[old.length * 2];
    size = 0;
    for (int print : old) {
      if (print != 0) {
        put(print);
      }
    }
  }

  /** The approximate number of bytes on the heap. */
  int bytes() {
    return table.length * Integer.BYTES;
  }
}
