package io.weir.sink.loop;

/** When a failed step may be tried again: after one second, then twice as long up to thirty. */
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
