package io.weir.sink;

import java.util.Map;
import org.jline.utils.Signals;

/**
 * Stops the service before the process begins to end. Shutdown hooks run side by side: the last
 * commit in one of them may meet Iceberg's thread pools or Hadoop's file systems closed by another.
 */
final class StopSignals {
  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int KILLED = 128;

  private StopSignals() {}

  /** On a signal first the stop, then the end with the exit code that shells give it. */
  static void await(Runnable stop) {
    NUMBERS.forEach((name, number) -> {
      Object before =
          Signals.register(
              name,
              () -> {
                stop.run();
                System.exit(KILLED + number);
              });
      if (before == null) {
        throw new IllegalStateException("signal " + name + " cannot be handled on this system");
      }
    });
  }
}
