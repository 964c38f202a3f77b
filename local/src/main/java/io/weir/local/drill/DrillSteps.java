package io.weir.local.drill;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The steps of an upgrade drill, with the longest lag and the load of the machine in each. A step
 * lasts until the next one begins.
 */
final class DrillSteps {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  private final LongSupplier nanos;
  private final DoubleSupplier load;
  private final List<String> lines = new ArrayList<>();
  private String text = "warm-up";
  private long begin;
  private double lag;
  private double lagAfter;
  private double most;

  DrillSteps() {
    this(
        System::nanoTime,
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())::getCpuLoad);
  }

  /**
   * DrillSteps by another clock.
   *
   * @param load the share of all cores that was busy since the last call, or a negative number
   */
  DrillSteps(LongSupplier nanos, DoubleSupplier load) {
    this.nanos = nanos;
    this.load = load;
    this.begin = nanos.getAsLong();
    var _ = load.getAsDouble();
  }

  /** Ends the step before and begins one. */
  synchronized void begin(String name) {
    lines.add(line());
    text = name;
    begin = nanos.getAsLong();
    lag = 0;
    lagAfter = 0;
  }

  /** Says what has happened in the step. */
  synchronized void done(String what) {
    text = what;
  }

  synchronized void note(double seconds) {
    if (seconds > lag) {
      lag = seconds;
      lagAfter = (nanos.getAsLong() - begin) / NANOS_PER_SECOND;
    }
    most = Math.max(most, seconds);
  }

  /** The lag until now does not count; the line of the step keeps it. */
  synchronized void forget() {
    most = 0;
  }

  synchronized double mostLag() {
    return most;
  }

  /** A line for each step, the last one as of now. */
  synchronized List<String> lines() {
    var all = new ArrayList<>(lines);
    all.add(line());
    return all;
  }

  private String line() {
    double busy = load.getAsDouble();
    String cores =
        busy < 0 ? "" : String.format(Locale.ROOT, "; %.0f %% of all cores busy", busy * PERCENT);
    return String.format(
        Locale.ROOT, "%s; longest lag %.1f s, after %.1f s%s", text, lag, lagAfter, cores);
  }
}
