package io.weir.stream.session.row;

import io.weir.stream.session.text.Texts;
import java.util.Arrays;

/** Distinct references in order of first appearance. */
final class RefSet {
  private final long[] seen;
  private int[] order = new int[8];
  private int size;

  RefSet(int references) {
    this.seen = new long[(references + Long.SIZE - 1) / Long.SIZE];
  }

  void add(int reference) {
    if (reference == Texts.NONE) {
      return;
    }
    long bit = 1L << (reference % Long.SIZE);
    int word = reference / Long.SIZE;
    if ((seen[word] & bit) != 0) {
      return;
    }
    seen[word] |= bit;
    if (size == order.length) {
      order = Arrays.copyOf(order, size * 2);
    }
    order[size++] = reference;
  }

  int size() {
    return size;
  }

  int inOrder(int at) {
    return order[at];
  }
}
