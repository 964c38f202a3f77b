package io.weir.stream.processor;

import io.weir.stream.session.visitor.VisitorState;
import org.jspecify.annotations.Nullable;

/** A visitor in memory: decoded, and linked to those who came before and after. */
final class VisitorEntry {
  private static final int OWN_SIZE = 400;

  private final String visitor;
  private final VisitorState state;

  /** Whether the store is to have the visitor. */
  boolean isKept;

  /** Whether the store has another state than this one. */
  boolean isChanged;

  /** Its place among those that were changed since the last commit. */
  int changedAt;

  /** Whether somebody asked for the visitor since the entry was queued. */
  boolean wasUsed;

  /** Where the entry stands; null while it takes no place in memory. */
  @Nullable VisitorQueue queue;

  @Nullable VisitorEntry before;
  @Nullable VisitorEntry after;

  /** What is accounted for in the queue. */
  long size;

  VisitorEntry(String visitor, VisitorState state, boolean isKept) {
    this.visitor = visitor;
    this.state = state;
    this.isKept = isKept;
  }

  String visitor() {
    return visitor;
  }

  VisitorState state() {
    return state;
  }

  boolean isCached() {
    return queue != null;
  }

  /** What it takes on the heap, in bytes, about. */
  long memory() {
    return OWN_SIZE + state.memory();
  }
}
