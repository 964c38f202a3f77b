package io.weir.stream.query.visitor;

import io.weir.stream.session.visitor.VisitorState;

/** What a look into the store of this instance found. */
public sealed interface Lookup {
  /** The lag of the state that is worked on: it is what everybody else follows. */
  long LIVE = -1;

  /**
   * @param lag changes this copy has not seen yet, {@link #LIVE} for the original
   */
  record Found(VisitorState state, long lag) implements Lookup {}

  record Absent(long lag) implements Lookup {}

  /** Not here, moving, or a copy that is too far behind to say that there is no such visitor. */
  record Unavailable(String why) implements Lookup {}
}
