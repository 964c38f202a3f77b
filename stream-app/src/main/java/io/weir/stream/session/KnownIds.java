package io.weir.stream.session;

import org.jspecify.annotations.Nullable;

/** Tells whether a visitor has an event already. */
final class KnownIds {
  /** A filter of all ids, and perhaps some that are forgotten; null until somebody asks. */
  private @Nullable IdFilter filter;

  boolean has(VisitorState state, long idHash) {
    return filter(state).mayHave(idHash) && isThere(state, idHash);
  }

  private IdFilter filter(VisitorState state) {
    IdFilter all = filter;
    if (all == null) {
      all = new IdFilter();
      for (Touch touch : state.live().touches) {
        all.add(touch.idHash);
      }
      for (FrozenList<?> list : state.frozenWithIds()) {
        IdRow.addAll(list, all);
      }
      filter = all;
    }
    return all;
  }

  private static boolean isThere(VisitorState state, long idHash) {
    for (Touch touch : state.live().touches) {
      if (touch.idHash == idHash) {
        return true;
      }
    }
    for (FrozenList<?> list : state.frozenWithIds()) {
      if (IdRow.isKnown(list, idHash)) {
        return true;
      }
    }
    return false;
  }

  void add(long idHash) {
    if (filter != null) {
      filter.add(idHash);
    }
  }

  /** Some ids are forgotten: the filter is made anew when somebody asks. */
  void forget() {
    filter = null;
  }

  /** What it takes on the heap, in bytes, about. */
  int bytes() {
    return filter == null ? 0 : filter.bytes();
  }
}
