package io.weir.local.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far the played history has come, from what stream-app has received of it. The rate is that of
 * the last ten seconds, so a slow start does not spoil the forecast.
 */
public final class HistoryProgress {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private final long total;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long received;

  private record Sample(long received, long nanos) {}

  /**
   * @param total records of the history
   */
  public HistoryProgress(long total) {
    this.total = total;
  }

  /** Takes what stream-app has received by now; records beyond the history are live ones. */
  public void update(long receivedByNow, long nanos) {
    received = Math.min(total, receivedByNow);
    samples.addLast(new Sample(received, nanos));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  public boolean isComplete() {
    return received >= total;
  }

  /** From 0 to 1. */
  public double share() {
    return total == 0 ? 1 : (double) received / total;
  }

  /** Empty while nothing moves. */
  public OptionalLong secondsLeft() {
    if (samples.size() < 2) {
      return OptionalLong.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long moved = last.received() - first.received();
    if (moved <= 0) {
      return OptionalLong.empty();
    }
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    return OptionalLong.of((long) Math.ceil((total - received) * seconds / moved));
  }

  /** For example {@code 38 %, 20 s left}. */
  public String text() {
    String percent = (int) (share() * 100) + " %";
    OptionalLong left = secondsLeft();
    return percent + (left.isPresent() ? ", " + left.getAsLong() + " s left" : "");
  }
}
