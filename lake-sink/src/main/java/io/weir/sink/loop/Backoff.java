package io.weir.sink.loop;

/**
 * Delays the retry of a failed step: 1 s after the first failure, then twice as long each time, at
 * most 30 s.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;

  private long delay;
  private long until = Long.MIN_VALUE;

  void failed(long nowMillis) {
    delay = delay == 0 ? FIRST_MILLIS : Math.min(2 * delay, LONGEST_MILLIS);
    until = nowMillis + delay;
  }

  void succeeded() {
    delay = 0;
    until = Long.MIN_VALUE;
  }

  boolean isWaiting(long nowMillis) {
    return nowMillis < until;
  }
}
