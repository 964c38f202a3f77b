package io.weir.local.platform;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides when a dead process is started again: after 1, 2, 4, 8 and 16 seconds, and not a sixth
 * time within five minutes.
 */
final class RestartPolicy {
  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(5);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final Map<String, Deque<Long>> deaths = new HashMap<>();

  /** The reaction to a death. */
  sealed interface Decision {}

  /**
   * The process is started again after the pause; {@code attempt} counts from 1 to {@link #MOST}.
   */
  record Restart(int attempt, Duration pause) implements Decision {}

  /** The process died too often. */
  record GiveUp() implements Decision {}

  /** Decides about a process that died at the given time. */
  Decision died(String name, long nanos) {
    Deque<Long> recent = deaths.computeIfAbsent(name, _ -> new ArrayDeque<>());
    while (!recent.isEmpty() && nanos - recent.getFirst() >= WITHIN.toNanos()) {
      recent.removeFirst();
    }
    if (recent.size() == MOST) {
      return new GiveUp();
    }
    recent.addLast(nanos);
    return new Restart(recent.size(), FIRST_WAIT.multipliedBy(1L << (recent.size() - 1)));
  }
}
