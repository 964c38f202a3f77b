package io.weir.benchmarks.measure;

import java.util.Arrays;
import java.util.Locale;

/** The latencies that were measured, in nanoseconds. */
public final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1 << 16];
  private int count;

  public synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  /** Forgets the latencies so far: they belong to the warm-up. */
  public synchronized void reset() {
    count = 0;
  }

  public synchronized int count() {
    return count;
  }

  /** The quantile of the latencies: the least that is not exceeded by this part; 0 for none. */
  public synchronized double millis(double part) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(part * count);
    return sorted[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d: p50=%.1f p90=%.1f p99=%.1f p99.9=%.1f max=%.1f ms",
        count(),
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(0.999),
        millis(1));
  }
}
