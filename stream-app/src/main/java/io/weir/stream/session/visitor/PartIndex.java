package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.touch.FrozenItem;
import io.weir.stream.session.touch.FrozenList;
import java.util.BitSet;
import java.util.List;

/**
 * The numbers of a visitor's parts: frozen bytes that the store keeps in records of their own. A
 * commit writes the visitor's own record anew, but a part only once, so an event of a long session
 * costs little more than one of a short session.
 */
final class PartIndex {
  /** The number of a visitor's first part. */
  static final int FIRST = Blob.INSIDE + 1;

  /** Smaller items stay in the visitor's own record. */
  private static final int FROM_BYTES = 4 << 10;

  /** The most frozen bytes in the visitor's own record. */
  private static final int MOST_INSIDE = 192 << 10;

  private static final BitSet NONE = new BitSet(0);

  /** The numbers of the parts that the store has. Nearly always none. */
  private BitSet stored = NONE;

  private int next;

  private PartIndex(int next) {
    this.next = next;
  }

  static PartIndex of(int next, List<FrozenList<?>> frozen) {
    var parts = new PartIndex(next);
    for (FrozenList<?> list : frozen) {
      for (FrozenItem each : list.items()) {
        if (each.blob().isApart()) {
          parts.add(each.blob().part());
        }
      }
    }
    return parts;
  }

  /** The number of the next part. */
  int next() {
    return next;
  }

  /**
   * Writes the parts that the store does not have.
   *
   * @param bytes the size of all frozen items
   * @return the number of frozen bytes that are left to the visitor's own record
   */
  int write(List<FrozenList<?>> frozen, int bytes, PartStore store) {
    if (stored.isEmpty() && bytes < FROM_BYTES) {
      return bytes;
    }
    int inside = 0;
    for (FrozenList<?> list : frozen) {
      for (FrozenItem each : list.items()) {
        inside += write(each.blob(), inside, store);
      }
    }
    return inside;
  }

  /** Returns the number of bytes that stay inside. */
  private int write(Blob blob, int inside, PartStore store) {
    int size = blob.bytes().length;
    if (!blob.isApart() && (size >= FROM_BYTES || inside + size > MOST_INSIDE)) {
      blob.putApart(next++);
    }
    if (!blob.isApart()) {
      return size;
    }
    if (!stored.get(blob.part())) {
      store.write(blob.part(), blob.bytes());
      add(blob.part());
    }
    return 0;
  }

  private void add(int part) {
    if (stored.isEmpty()) {
      stored = new BitSet();
    }
    stored.set(part);
  }

  /** Deletes the parts that nothing refers to any more. */
  void deleteStale(List<FrozenList<?>> frozen, PartStore store) {
    if (stored.isEmpty()) {
      return;
    }
    var stale = (BitSet) stored.clone();
    for (FrozenList<?> list : frozen) {
      list.items().forEach(each -> stale.clear(each.blob().part()));
    }
    stale.stream().forEach(store::delete);
    stored.andNot(stale);
  }

  void deleteAll(PartStore store) {
    stored.stream().forEach(store::delete);
    stored = NONE;
  }
}
