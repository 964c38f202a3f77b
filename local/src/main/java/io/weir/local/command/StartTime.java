package io.weir.local.command;

import java.time.Duration;
import java.time.Instant;

/**
 * The moment at which the user pressed return. The script passes it on, so that it includes the
 * build.
 */
final class StartTime {
  private StartTime() {}

  /** The moment on the scale of {@link System#nanoTime}. */
  static long nanos() {
    String started = System.getProperty("weir.started", "");
    long now = System.nanoTime();
    if (started.isEmpty()) {
      return now;
    }
    double seconds = Double.parseDouble(started.replace(',', '.'));
    Instant start = Instant.ofEpochMilli((long) (seconds * 1000));
    return now - Math.max(0, Duration.between(start, Instant.now()).toNanos());
  }
}
