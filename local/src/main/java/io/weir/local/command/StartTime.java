package io.weir.local.command;

import java.time.Duration;
import java.time.Instant;

/** When the user pressed return: the script passes it on, so that the build counts as well. */
final class StartTime {
  private StartTime() {}

  /** On the scale of {@link System#nanoTime}. */
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
