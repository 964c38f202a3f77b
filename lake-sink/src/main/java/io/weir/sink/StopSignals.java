package io.weir.sink;

import java.util.Map;
import org.jline.utils.Signals;

/**
 * Stops the service on a signal, before the JVM runs its shutdown hooks. Hooks run in parallel. A
 * last commit in a hook could fail because another hook has closed Iceberg's thread pools or
 * Hadoop's file systems.
 */
final class StopSignals {
  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int KILLED = 128;

  private StopSignals() {}

  /**
   * On a signal runs {@code stop}, then ends the process with the exit code that shells use for the
   * signal.
   */
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
