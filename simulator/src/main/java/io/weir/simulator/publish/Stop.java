package io.weir.simulator.publish;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop, seen by all threads that work or wait. */
public final class Stop {
  private static final long PAUSE = 5;

  private final CountDownLatch wished = new CountDownLatch(1);

  public void request() {
    wished.countDown();
  }

  public boolean requested() {
    return wished.getCount() == 0;
  }

  /** Runs the step until it is finished or a stop is requested; pauses when nothing is due. */
  public void runUntil(Step step, Runnable afterEach) {
    while (!step.finished() && !requested()) {
      if (step.doWork() == 0) {
        pause();
      }
      afterEach.run();
    }
  }

  private void pause() {
    try {
      if (wished.await(PAUSE, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
    }
  }
}
