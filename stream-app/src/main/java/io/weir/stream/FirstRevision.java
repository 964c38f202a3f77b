package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;

/**
 * The revision of a session's first row. The applications that followed each other are millions
 * apart, so the rest of a division by a million says how often a session was revised.
 */
final class FirstRevision {
  private static final String KEY = "stream.first-revision";
  private static final int STEP = 1_000_000;

  private FirstRevision() {}

  static int from(Settings settings) {
    int first = settings.integer(KEY, 0, 0, 2_000 * STEP);
    if (first % STEP != 0) {
      throw new StartupException(
          Settings.variable(KEY)
              + " must be 0 or a multiple of "
              + STEP
              + ", as gold feed prints it; is "
              + first);
    }
    return first;
  }
}
