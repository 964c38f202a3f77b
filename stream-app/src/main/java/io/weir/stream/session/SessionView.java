package io.weir.stream.session;

import io.weir.contract.avro.Session;

/** A session as it stands now. */
public record SessionView(Session session, boolean isEmitted) {

  static SessionView of(String visitor, VisitorState state, Slice slice, SessionRules rules) {
    boolean isEmitted = state.emissions().isCurrent(slice);
    return new SessionView(SessionRow.of(visitor, state, slice, rules.bots()), isEmitted);
  }
}
