package io.weir.sink.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Steps loops by hand until something holds. */
public final class Until {
  private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

  /** Leaves the processor to what is waited for; a loop waits for Kafka by itself. */
  private static final long PAUSE = Duration.ofMillis(10).toNanos();

  private Until() {}

  /** Repeats the work for a given time. */
  public static void passes(Duration time, Runnable work) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      work.run();
      Thread.onSpinWait();
    }
  }

  public static void holds(BooleanSupplier condition, LoopStep... loops) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the condition did not hold within two minutes");
      }
      for (LoopStep loop : loops) {
        loop.doWork();
      }
      if (loops.length == 0) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }
}
