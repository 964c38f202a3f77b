package io.weir.stream.session;

import io.weir.contract.avro.Session;
import io.weir.stream.session.row.SessionBuilder;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.Emission;
import io.weir.stream.session.visitor.RobotRows;
import io.weir.stream.session.visitor.SessionSlice;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;

/** Compares a visitor's sessions with what was emitted about them, and emits the difference. */
record Reconciliation(String visitor, VisitorState state, SessionRules rules) {

  static Reconciliation of(String visitor, VisitorState state, SessionRules rules) {
    return new Reconciliation(visitor, state, rules);
  }

  /**
   * Emits what has changed.
   *
   * @param closed how many of the slices, from the first, are closed
   */
  void settle(List<SessionSlice> slices, int closed, Settled settled) {
    RobotRows robots = state.emissions().robots();
    retractVanished(slices, settled);
    for (SessionSlice slice : slices.subList(0, closed)) {
      if (!slice.isSilent()) {
        emit(slice, settled);
      }
    }
    Moved.tell(state, robots, settled);
  }

  private void emit(SessionSlice slice, Settled settled) {
    Emission last = state.emissions().of(slice.start());
    if (last != null && slice.isIn(last)) {
      return;
    }
    Session row = SessionBuilder.of(visitor, state, slice, rules.bots());
    if (last == null) {
      row.setRevision(rules.firstRevision());
      state.emissions().add(Emission.of(row, slice.digest()));
    } else {
      row.setRevision(last.revision() + 1);
      state.emissions().replace(Emission.of(row, slice.digest()));
    }
    settled.emit(row);
  }

  private void retractVanished(List<SessionSlice> slices, Settled settled) {
    state
        .emissions()
        .replaceAll(emission -> {
          if (!isVanished(emission, slices)) {
            return emission;
          }
          int revision = emission.revision() + 1;
          settled.emit(SessionBuilder.retracted(visitor, emission.start(), revision));
          return Emission.retracted(emission.start(), revision);
        });
  }

  /** Whether something is to be retracted. */
  boolean hasVanished(List<SessionSlice> slices) {
    for (Emission emission : state.emissions().items()) {
      if (isVanished(emission, slices)) {
        return true;
      }
    }
    return false;
  }

  private boolean isVanished(Emission emission, List<SessionSlice> slices) {
    boolean isArchived =
        !state.archives().isEmpty() && emission.start() <= state.archives().getLast().end();
    return !isArchived && !emission.isRetracted() && !isStart(slices, emission.start());
  }

  private static boolean isStart(List<SessionSlice> slices, long start) {
    for (SessionSlice slice : slices) {
      if (slice.start() == start && !slice.isSilent()) {
        return true;
      }
    }
    return false;
  }
}
