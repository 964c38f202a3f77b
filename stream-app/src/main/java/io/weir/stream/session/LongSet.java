package io.weir.stream.session;

/** A growing set of hashes; zero, which marks a free place, is kept apart. */
final class LongSet {
  private long[] table;
  private int size;
  private boolean hasZero;

  LongSet(int expected) {
    this.table = new long[Integer.highestOneBit(Math.max(8, expected * 2)) * 2];
  }

  /** What it takes on the heap, in bytes, about. */
  int bytes() {
    return table.length * Long.BYTES;
  }

  boolean contains(long value) {
    if (value == 0) {
      return hasZero;
    }
    for (int at = index(value); table[at] != 0; at = (at + 1) & (table.length - 1)) {
      if (table[at] == value) {
        return true;
      }
    }
    return false;
  }

  void add(long value) {
    if (value == 0) {
      hasZero = true;
      return;
    }
    if (2 * size >= table.length) {
      grow();
    }
    int at = index(value);
    while (table[at] != 0) {
      if (table[at] == value) {
        return;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = value;
    size++;
  }

  /** The values are hashes: their low bits are as good as any. */
  private int index(long value) {
    return (int) value & (table.length - 1);
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    size = 0;
    for (long value : old) {
      if (value != 0) {
        add(value);
      }
    }
  }
}
