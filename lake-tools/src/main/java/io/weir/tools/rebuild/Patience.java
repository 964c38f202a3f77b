package io.weir.tools.rebuild;

import io.weir.process.Durations;
import io.weir.process.StartupException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what a person does elsewhere, and says once what that is. */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final PrintWriter out;
  private final long deadline;

  /** Parses the option {@code --wait}. */
  Patience(PrintWriter out, String wait) {
    this.out = out;
    this.deadline = System.nanoTime() + parse(wait).toNanos();
  }

  static Duration parse(String wait) {
    try {
      return Durations.parse(wait);
    } catch (IllegalArgumentException e) {
      throw new StartupException("--wait " + e.getMessage(), e);
    }
  }

  /** Waits until it is so; fails with the same text when the time is over. */
  void until(BooleanSupplier isSo, String what) throws InterruptedException {
    boolean isSaid = false;
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new StartupException(what + "; then run this command again, or give it --wait");
      }
      if (!isSaid) {
        out.println("waiting: " + what);
        out.flush();
        isSaid = true;
      }
      Thread.sleep(PAUSE);
    }
  }
}
