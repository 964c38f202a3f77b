package io.weir.local.command;

import java.util.OptionalLong;

/**
 * When to train: once there are enough sessions and hardly any new ones come, so that the end of
 * the history is among them.
 */
final class TrainingTime {
  static final long ENOUGH_SESSIONS = 2_000;

  /** Looks after a failure before the next attempt; one takes two seconds or more. */
  static final int LOOKS_BETWEEN = 30;

  private static final int ATTEMPTS = 2;

  /** A growth of less than one in so many between two looks is hardly any. */
  private static final long HARDLY = 20;

  private int begun;
  private boolean isDone;
  private int looksLeft;
  private long before;

  /**
   * Whether a training may begin.
   *
   * @param sessions empty if they could not be counted, which says nothing about their growth
   */
  boolean isNow(OptionalLong sessions) {
    long now = sessions.orElse(0);
    boolean isSettled = before >= ENOUGH_SESSIONS && now - before < now / HARDLY;
    before = now;
    if (looksLeft > 0) {
      looksLeft--;
      return false;
    }
    return isSettled && sessions.isPresent() && !isDone;
  }

  void begin() {
    begun++;
    isDone = true;
  }

  /** Whether no training is to begin any more. */
  boolean isDone() {
    return isDone;
  }

  /** Takes note that the training has failed; tells whether there is another attempt. */
  boolean fail() {
    isDone = begun >= ATTEMPTS;
    looksLeft = LOOKS_BETWEEN;
    return !isDone;
  }
}
