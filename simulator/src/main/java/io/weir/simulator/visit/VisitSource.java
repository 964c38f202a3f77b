package io.weir.simulator.visit;

/** Visits in the order in which they start. */
public interface VisitSource {
  /** When the next visit starts; {@link Long#MAX_VALUE} when there is none. */
  long nextStart();

  /** Makes the given one the next visit, and moves on. */
  void begin(Visit visit);
}
