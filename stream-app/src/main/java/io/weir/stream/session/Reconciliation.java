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

  private void emit(Slice slice, Consumer<Session> emitted) {
    Emission last = state.emissions().of(slice.start());
    if (last == null) {
      state.emissions().add(new Emission(slice.start(), 0, slice.digest(), false));
      emitted.accept(SessionRow.of(visitor, state, slice, rules.bots()));
      return;
    }
    if (!slice.isIn(last)) {
      int revision = last.revision() + 1;
      state.emissions().replace(new Emission(slice.start(), revision, slice.digest(), false));
      Session row = SessionRow.of(visitor, state, slice, rules.bots());
      row.setRevision(revision);
      emitted.accept(row);
    }
  }

  private void retractVanished(List<Slice> slices, Consumer<Session> emitted) {
    state.emissions().replaceAll(emission -> {
      if (!isVanished(emission, slices)) {
        return emission;
      }
      int revision = emission.revision() + 1;
      emitted.accept(SessionRow.retracted(visitor, emission.start(), revision));
      return new Emission(emission.start(), revision, 0, true);
    });
  }

  /** Whether something is to be retracted. */
  boolean hasVanished(List<Slice> slices) {
    for (Emission emission : state.emissions().items()) {
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
}
