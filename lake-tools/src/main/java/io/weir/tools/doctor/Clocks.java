package io.weir.tools.doctor;

import java.time.Duration;
import java.time.Instant;

/** How far the clock of somebody else is from this machine's. */
final class Clocks {
  /** Sums by the minute and expiry of secrets and certificates begin to suffer. */
  private static final Duration BAD = Duration.ofMinutes(1);

  private static final Duration LARGE = Duration.ofSeconds(5);
  private static final String ACTION = "let NTP set the clocks of all machines";

  private Clocks() {}

  /**
   * Compares a clock that was read between two moments of this machine's.
   *
   * @param resolution the length of the steps in which the other clock was told
   */
  static Finding compare(
      String part, Instant before, Instant other, Instant after, Duration resolution) {
    Duration difference = Duration.ZERO;
    if (other.plus(resolution).isBefore(before)) {
      difference = Duration.between(other.plus(resolution), before);
    } else if (other.isAfter(after)) {
      difference = Duration.between(after, other);
    }
    String text = "the clock differs by %d s from this machine's".formatted(difference.toSeconds());
    if (difference.compareTo(BAD) > 0) {
      return Finding.fail(part, text, ACTION);
    }
    return difference.compareTo(LARGE) > 0
        ? Finding.warn(part, text, ACTION)
        : Finding.ok(part, "its clock is right");
  }
}
