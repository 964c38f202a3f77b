package io.weir.stream.session;

import io.weir.contract.avro.Session;
import io.weir.stream.session.row.SessionBuilder;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.SessionSlice;
import io.weir.stream.session.visitor.VisitorState;

/** A session as it stands now. */
public record SessionView(Session session, boolean isEmitted) {

  static SessionView of(
      String visitor, VisitorState state, SessionSlice slice, SessionRules rules) {
    boolean isEmitted = state.emissions().isCurrent(slice);
    return new SessionView(SessionBuilder.of(visitor, state, slice, rules.bots()), isEmitted);
  }
}
