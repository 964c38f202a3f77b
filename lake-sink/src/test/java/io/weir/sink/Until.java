package io.weir.sink;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Steps loops by hand until something holds. */
final class Until {
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  private Until() {}

  static void holds(BooleanSupplier condition, Step... loops) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come to hold within a minute");
      }
      for (Step loop : loops) {
        loop.doWork();
      }
      Thread.onSpinWait();
    }
  }
}
