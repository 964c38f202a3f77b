package io.weir.stream.query.visitor;

import io.weir.stream.session.visitor.VisitorState;

/** Looks for visitors in the stores of this instance. */
public interface StateReader {
  /** Looks in the state this instance works on. */
  Lookup live(String visitor, int partition);

  /** Looks in whatever copy this instance has: a standby, or a store that is being restored. */
  Lookup copy(String visitor, int partition);

  /**
   * Looks for the id under which the state knows a visitor, in all partitions that this instance
   * works on or has a copy of. Only the original id tells the partition.
   */
  StoredSearch stored(String id);

  /** The result of looking for a visitor in a store of this instance. */
  sealed interface Lookup {
    /** The lag of the live state, which all copies follow. */
    long LIVE = -1;

    /** Whether the store could answer. */
    default boolean isKnown() {
      return !(this instanceof Unavailable);
    }

    /**
     * The visitor's state.
     *
     * @param lag changes this copy has not seen yet, {@link #LIVE} for the original
     */
    record Found(VisitorState state, long lag) implements Lookup {}

    /** There is no such visitor. */
    record Absent(long lag) implements Lookup {}

    /** The state is not here, is moving, or is a copy too far behind to rule the visitor out. */
    record Unavailable(String why) implements Lookup {}
  }
}
