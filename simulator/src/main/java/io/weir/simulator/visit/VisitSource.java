package io.weir.simulator.visit;

/** Visits in the order in which they start. */
public interface VisitSource {
  /** The start of the next visit; {@link Long#MAX_VALUE} if there is none. */
  long nextStart();

  /** Turns the given visit into the next one, and moves on. */
  void begin(Visit visit);
}
