package io.weir.benchmarks.scale;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./weir bench flat}: what an event costs with few visitors and with many. Each size has its
 * own stream-app, topics and state: one event for each visitor, then as many for random ones to
 * warm up, then as many that are measured.
 */
@Command(
    name = "flat",
    description = "CPU time of an event with 10,000 to 5 million visitors; about 10 min.")
public final class FlatBench implements Callable<Integer> {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000, 5_000_000);
  private static final double MOST_TIMES = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** C1 and C2; {@link ProcessUsage#cpuSecondsByThread} leaves the digits out. */
  private static final String COMPILERS = "C CompilerThre";

  @Option(
      names = "--most",
      paramLabel = "VISITORS",
      defaultValue = "5000000",
      converter = WholeNumber.class,
      description = "Leaves out the sizes above this one (default ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "600000",
      converter = WholeNumber.class,
      description = "Events that warm up, and events that are measured (default ${DEFAULT-VALUE}).")
  private int events;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  /** Returns the exit code: 0 when the floor holds. */
  @Override
  public Integer call() throws InterruptedException {
    if (most < SIZES.getFirst()) {
      throw new StartupException(
          "--most " + most + " is below the least size, " + SIZES.getFirst());
    }
    var costs = new ArrayList<Double>();
    try (BenchPlatform platform = BenchPlatform.open()) {
      for (int size : SIZES) {
        if (size <= most) {
          costs.add(cost(platform, size));
        }
      }
    }
    var floors = new Floors();
    double times = Collections.max(costs) / Collections.min(costs);
    floors.atMost("dearest / cheapest", times, MOST_TIMES, "times");
    return floors.exitCode();
  }

  /** The microseconds of CPU time for an event, the JVM's compilers left out. */
  private double cost(BenchPlatform platform, int visitors) throws InterruptedException {
    String prefix = "flat-" + visitors;
    try (StreamAppProcess app =
            platform.app(
                prefix, options.flags(prefix, "-Xmx1g"), Map.of("WEIR_TOPIC_PREFIX", prefix));
        var raw = new RawEventSender(platform.connection(), prefix + ".raw")) {
      app.awaitRunning(PATIENCE);
      var burst = new EventBurst(raw, app);
      double filled = burst.pass(visitors, event -> event);
      burst.pass(events, _ -> burst.randomBelow(visitors));
      return measured(visitors, filled, app, burst);
    } finally {
      platform.forget(prefix);
    }
  }

  private double measured(int visitors, double filled, StreamAppProcess app, EventBurst burst)
      throws InterruptedException {
    ProcessUsage usage = app.usage();
    double cpuBefore = usage.cpuSeconds();
    Map<String, Double> before = usage.cpuSecondsByThread();
    double seconds = burst.pass(events, _ -> burst.randomBelow(visitors));
    double cpu = usage.cpuSeconds() - cpuBefore;
    Map<String, Double> spent = usage.cpuSecondsByThread();
    before.forEach((thread, until) -> spent.merge(thread, -until, Double::sum));
    double cost = micros(cpu - spent.getOrDefault(COMPILERS, 0.0));
    System.out.printf(
        Locale.ROOT,
        "flat visitors=%d events=%d filled_s=%.0f seconds=%.1f cpu_us_per_event=%.1f"
            + " without_compilers=%.1f maxrss_mb=%d%n",
        visitors,
        events,
        filled,
        seconds,
        micros(cpu),
        cost,
        usage.peakMegabytes());
    System.out.println("# CPU seconds by thread: " + ProcessUsage.busiest(spent));
    return cost;
  }

  private double micros(double cpuSeconds) {
    return cpuSeconds * 1e6 / events;
  }
}
