package io.weir.stream.session;

import java.util.BitSet;

/**
 * Which of a visitor's frozen bytes the store keeps apart. A commit writes the visitor's own record
 * anew, but a part only once: an event of a long session costs little more than one of a short
 * session.
 */
final class Parts {
  /** Smaller ones stay in the visitor's own record. */
  static final int FROM_BYTES = 4 << 10;

  /** What the visitor's own record takes of them at most. */
  static final int MOST_INSIDE = 192 << 10;

  private static final BitSet NONE = new BitSet(0);

  /** The numbers of those that the store has. Nearly always none. */
  private BitSet stored = NONE;

  private int next = Blob.INSIDE + 1;

  /** The number of the next one. */
  int next() {
    return next;
  }

  void readNext(int number) {
    next = number;
  }

  void addStored(Blob blob) {
    if (blob.isApart()) {
      add(blob.part());
    }
  }

  /**
   * Writes what is new. Has to come before the visitor's own record is written.
   *
   * @return the frozen bytes that are left to that record
   */
  int write(VisitorState state, PartStore store) {
    if (stored.isEmpty() && state.frozenBytes() < FROM_BYTES) {
      return state.frozenBytes();
    }
    int inside = 0;
    for (FrozenList<?> list : state.frozen()) {
      for (Frozen each : list.items()) {
        inside += write(each.blob(), inside, store);
      }
    }
    return inside;
  }

  /** What of it stays inside. */
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

  /** Deletes what the visitor's own record names no more. Has to come after it was written. */
  void deleteStale(VisitorState state, PartStore store) {
    if (stored.isEmpty()) {
      return;
    }
    var stale = (BitSet) stored.clone();
    for (FrozenList<?> list : state.frozen()) {
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
