package io.weir.stream.session;

import io.weir.contract.avro.Session;

/** Takes what settling or shrinking a visitor's state leads to, while the state is at hand. */
@FunctionalInterface
public interface Settled {
  void emit(Session row);

  /** Says which events have changed their side. Comes after the rows of the sessions. */
  default void move(Moved moved) {
    // A caller that wants the rows alone ignores this.
  }

  /** Says which events are about to be folded. */
  default void fold(Folding folding) {
    // A caller that wants the rows alone ignores this.
  }
}
