package io.weir.stream.processor.visitors;

import io.weir.stream.gold.days.DistinctVisitors;
import io.weir.stream.session.visitor.VisitorState;
import org.jspecify.annotations.Nullable;

/** A visitor in memory: decoded, and linked to the entries that came before and after. */
public final class VisitorEntry {
  private static final int OWN_SIZE = 400;

  /** The relation of a visitor's decoded state to the store. */
  enum Stage {
    /** The store has no such visitor, and nothing has happened to this one yet. */
    NEW,
    /** The store has the same state. */
    CLEAN,
    /** The state was changed since it was read or written. */
    DIRTY,
    /** Evicted or deleted: the entry must not be used any more. */
    GONE;

    private boolean leadsTo(Stage next) {
      return switch (next) {
        case NEW -> false;
        case CLEAN, DIRTY, GONE -> this != GONE;
      };
    }
  }

  private final String visitor;
  private final VisitorState state;
  private Stage stage;

  /** The index in the store's dirty list. */
  int dirtyAt;

  /** Whether the visitor was used since the entry was queued. */
  boolean wasUsed;

  /** The queue that holds the entry; null while it is in no queue. */
  @Nullable VisitorQueue queue;

  @Nullable VisitorEntry before;
  @Nullable VisitorEntry after;

  /** The day that is noted as active because of an event in an open session. */
  private int activeDay = DistinctVisitors.NO_DAY;

  /** The size that the queue has accounted for. */
  long size;

  private VisitorEntry(String visitor, VisitorState state, Stage stage) {
    this.visitor = visitor;
    this.state = state;
    this.stage = stage;
  }

  /** An entry for a visitor that the store does not have. */
  static VisitorEntry ofNew(String visitor) {
    return new VisitorEntry(visitor, new VisitorState(), Stage.NEW);
  }

  static VisitorEntry ofStored(String visitor, VisitorState state) {
    return new VisitorEntry(visitor, state, Stage.CLEAN);
  }

  public String visitor() {
    return visitor;
  }

  public VisitorState state() {
    return state;
  }

  public int activeDay() {
    return activeDay;
  }

  public void setActiveDay(int day) {
    activeDay = day;
  }

  Stage stage() {
    return stage;
  }

  boolean isDirty() {
    return stage == Stage.DIRTY;
  }

  void become(Stage next) {
    if (!stage.leadsTo(next)) {
      throw new IllegalStateException("a visitor's entry that is " + stage + " becomes " + next);
    }
    stage = next;
  }

  boolean isCached() {
    return queue != null;
  }

  /** The approximate number of bytes on the heap. */
  long memory() {
    return OWN_SIZE + state.memory();
  }
}
