package io.weir.simulator.publish;

/** A loop body: a thread runs it in production, a test calls it by hand. */
public interface Step {
  /** Does the work that is due, within bounds; returns the number of sent records. */
  int doWork();

  /** Whether there will never be more work. */
  boolean finished();
}
