package io.weir.stream.session;

import io.weir.contract.avro.Session;
import java.util.List;
import java.util.function.Consumer;

/** Compares the sessions of a visitor with what was said about them, and says the difference. */
record Reconciliation(String visitor, VisitorState state, SessionRules rules) {

  static Reconciliation of(String visitor, VisitorState state, SessionRules rules) {
    return new Reconciliation(visitor, state, rules);
  }

  /**
   * Says what has changed.
   *
   * @param closed how many of the slices, from the first, are closed
   */
  void settle(List<Slice> slices, int closed, Consumer<Session> emitted) {
    retractVanished(slices, emitted);
    for (Slice slice : slices.subList(0, closed)) {
      if (!slice.isSilent()) {
        emit(slice, emitted);
      }
    }
  }

  static boolean isSaid(VisitorState state, Slice slice) {
    int at = find(state, slice.start());
    return at >= 0 && slice.isIn(state.emissions.get(at));
  }

  private void emit(Slice slice, Consumer<Session> emitted) {
    int at = find(state, slice.start());
    if (at < 0) {
      state.emissions.add(new Emission(slice.start(), 0, slice.digest(), false));
      emitted.accept(SessionRow.of(visitor, state, slice, rules));
      return;
    }
    Emission last = state.emissions.get(at);
    if (!slice.isIn(last)) {
      int revision = last.revision() + 1;
      state.emissions.set(at, new Emission(slice.start(), revision, slice.digest(), false));
      Session row = SessionRow.of(visitor, state, slice, rules);
      row.setRevision(revision);
      emitted.accept(row);
    }
  }

  private void retractVanished(List<Slice> slices, Consumer<Session> emitted) {
    for (int i = 0; i < state.emissions.size(); i++) {
      Emission emission = state.emissions.get(i);
      if (isVanished(emission, slices)) {
        int revision = emission.revision() + 1;
        state.emissions.set(i, new Emission(emission.start(), revision, 0, true));
        emitted.accept(SessionRow.retracted(visitor, emission.start(), revision));
      }
    }
  }

  /** Whether something is to be retracted. */
  boolean hasVanished(List<Slice> slices) {
    for (Emission emission : state.emissions) {
      if (isVanished(emission, slices)) {
        return true;
      }
    }
    return false;
  }

  private boolean isVanished(Emission emission, List<Slice> slices) {
    boolean isArchived =
        !state.archives().isEmpty() && emission.start() <= state.archives().getLast().end();
    return !isArchived && !emission.isRetracted() && !isStart(slices, emission.start());
  }

  private static boolean isStart(List<Slice> slices, long start) {
    for (Slice slice : slices) {
      if (slice.start() == start && !slice.isSilent()) {
        return true;
      }
    }
    return false;
  }

  private static int find(VisitorState state, long start) {
    for (int i = 0; i < state.emissions.size(); i++) {
      if (state.emissions.get(i).start() == start) {
        return i;
      }
    }
    return -1;
  }
}
