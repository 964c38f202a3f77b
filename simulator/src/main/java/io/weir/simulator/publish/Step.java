package io.weir.simulator.publish;

/** A loop body: production runs it in a thread, tests by hand. */
public interface Step {
  /** Does what is due, within bounds; returns how many records it sent. */
  int doWork();

  /** There will never be more to do. */
  boolean finished();
}
