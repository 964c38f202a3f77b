package io.weir.simulator.publish;

import io.weir.process.Stop;

/** A loop body: production runs it until it is finished, a test calls it by hand. */
public interface Step {
  /** The pause when no work is due. */
  long PAUSE_MILLIS = 5;

  /** Does the work that is due, within bounds; returns the number of sent records. */
  int doWork();

  /** Whether there will never be more work. */
  boolean finished();

  /** Works until it is finished or a stop is requested. */
  default void runUntil(Stop stop, Runnable afterEach) {
    while (!finished() && !stop.isRequested()) {
      if (doWork() == 0) {
        stop.pause(PAUSE_MILLIS);
      }
      afterEach.run();
    }
  }
}
