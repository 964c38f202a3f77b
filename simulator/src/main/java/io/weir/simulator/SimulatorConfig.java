package io.weir.simulator;

import io.weir.process.StartupException;
import io.weir.simulator.fault.Fault;
import io.weir.simulator.visit.Habits;
import java.time.Duration;
import java.time.Instant;

/**
 * The settings of a simulation.
 *
 * @param events records of the history, duplicates and malformed ones included
 * @param visitors the largest number of visitors
 * @param until the simulated now; the history ends {@code endingBefore} it
 * @param rate records a second in live mode
 * @param bots the share of events that come from bots
 */
record SimulatorConfig(
    long seed,
    long events,
    int visitors,
    Duration history,
    Instant until,
    Duration endingBefore,
    boolean live,
    double rate,
    double bots,
    Fault.Rules faults,
    Habits habits) {
  private static final Duration LONGEST_HISTORY = Duration.ofDays(60);
  private static final Duration SHORTEST_WITH_PAUSE = Duration.ofHours(2);
  private static final long MOST_EVENTS = 500_000_000;
  private static final double FASTEST = 200_000;

  SimulatorConfig {
    check(
        events >= (live ? 0 : 1) && events <= MOST_EVENTS,
        "--events must be 1 to 500000000 (0 only with --live), not " + events);
    check(visitors >= 1, "--visitors must be at least 1, not " + visitors);
    check(
        history.compareTo(Duration.ofMinutes(1)) >= 0 && history.compareTo(LONGEST_HISTORY) <= 0,
        "--history must be 1m to 60d, not " + history);
    check(
        endingBefore.compareTo(LONGEST_HISTORY) <= 0,
        "--ending-before must be at most 60d, not " + endingBefore);
    check(
        !live || endingBefore.isZero(),
        "--live continues where the history ends: leave out --ending-before");
    check(rate > 0 && rate <= FASTEST, "--rate must be above 0 and at most 200000, not " + rate);
    check(
        habits.pause() == 0 || history.compareTo(SHORTEST_WITH_PAUSE) >= 0,
        "--pause needs a --history of at least 2h, not " + history);
    check(bots >= 0 && bots <= 1, "--bots must be 0 to 1, not " + bots);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new StartupException(message);
    }
  }

  /** The end of the history, in epoch milliseconds. */
  long end() {
    return until.minus(endingBefore).toEpochMilli();
  }

  long start() {
    return end() - history.toMillis();
  }

  /** The beginning of the hour without visits; after everything if there is none. */
  long pause() {
    return habits.pause() == 0 ? Long.MAX_VALUE : until.toEpochMilli() - habits.pause();
  }
}
