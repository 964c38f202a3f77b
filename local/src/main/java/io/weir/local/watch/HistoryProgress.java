package io.weir.local.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The progress of the played history, by the records that stream-app has received. The rate is that
 * of the last seconds, so a slow start does not spoil the forecast for long.
 */
public final class HistoryProgress {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long LEAST_NANOS = 2_000_000_000L;

  /**
   * The share from which on there is a forecast. Before it programs still warm up; they will be
   * many times faster.
   */
  private static final double LEAST_SHARE = 0.03;

  private static final long MINUTES_FROM = 100;
  private final long total;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long received;

  private record Sample(long received, long nanos) {}

  /**
   * The progress of one history.
   *
   * @param total records of the history
   */
  public HistoryProgress(long total) {
    this.total = total;
  }

  /**
   * Updates the number of records that stream-app has received; records beyond the history are live
   * ones.
   */
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

  /** The share of the history that was received, from 0 to 1. */
  public double share() {
    return total == 0 ? 1 : (double) received / total;
  }

  /** The forecast; empty while nothing moves, and as long as a forecast would be a guess. */
  public OptionalLong secondsLeft() {
    if (samples.isEmpty() || share() < LEAST_SHARE) {
      return OptionalLong.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long moved = last.received() - first.received();
    long nanos = last.nanos() - first.nanos();
    if (moved <= 0 || nanos < LEAST_NANOS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) Math.ceil((total - received) * (nanos / 1e9) / moved));
  }

  /** The progress as text, for example {@code 38 %, 20 s left}. */
  public String text() {
    String percent = (int) (share() * 100) + " %";
    OptionalLong left = secondsLeft();
    return left.isPresent() ? percent + ", " + duration(left.getAsLong()) + " left" : percent;
  }

  private static String duration(long seconds) {
    return seconds < MINUTES_FROM ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
