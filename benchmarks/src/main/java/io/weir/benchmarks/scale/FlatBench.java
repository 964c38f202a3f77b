package io.weir.benchmarks.scale;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.topic.RawEventSender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code ./weir bench flat}: what an event costs with few visitors and with many. Each size has its
 * own stream-app, topics and state: one event for each visitor, then as many for random ones to
 * warm up, then as many that are measured.
 */
public final class FlatBench {
  public static final String USAGE =
      "usage: weir bench flat [--most VISITORS] [--events N] [--jfr DIR] [--jvm FLAG]...";

  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000, 5_000_000);
  private static final int EVENTS = 600_000;
  private static final double MOST_TIMES = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** C1 and C2, with the digit left out as {@link ProcessUsage#cpuSecondsByThread} does. */
  private static final String COMPILERS = "C CompilerThre";

  private final StreamAppOptions options;
  private final BenchPlatform ground;
  private final int events;

  private FlatBench(StreamAppOptions options, BenchPlatform ground) {
    this.options = options;
    this.ground = ground;
    this.events = options.number("--events", EVENTS);
  }

  /** Returns the exit code: 0 when the floor holds. */
  public static int run(List<String> words) throws InterruptedException {
    StreamAppOptions options = StreamAppOptions.parse(words, USAGE, Set.of("--most", "--events"));
    int most = options.number("--most", SIZES.getLast());
    var costs = new ArrayList<Double>();
    try (BenchPlatform ground = BenchPlatform.open()) {
      var bench = new FlatBench(options, ground);
      for (int size : SIZES) {
        if (size <= most) {
          costs.add(bench.cost(size));
        }
      }
    }
    var floors = new Floors();
    double times = Collections.max(costs) / Collections.min(costs);
    floors.atMost("dearest / cheapest", times, MOST_TIMES, "times");
    return floors.exitCode();
  }

  /** Microseconds of CPU time for an event, the JVM's compilers left out. */
  private double cost(int visitors) throws InterruptedException {
    String prefix = "flat-" + visitors;
    try (StreamAppProcess app =
            ground.app(
                prefix, options.flags(prefix, "-Xmx1g"), Map.of("WEIR_TOPIC_PREFIX", prefix));
        var raw = new RawEventSender(ground.broker().connection(), prefix + ".raw")) {
      app.awaitRunning(PATIENCE);
      var backlog = new EventBurst(raw, app);
      double filled = backlog.pass(visitors, event -> event);
      backlog.pass(events, _ -> backlog.randomBelow(visitors));
      return measured(visitors, filled, app, backlog);
    } finally {
      ground.forget(prefix);
    }
  }

  private double measured(int visitors, double filled, StreamAppProcess app, EventBurst backlog)
      throws InterruptedException {
    ProcessUsage usage = app.usage();
    double cpuBefore = usage.cpuSeconds();
    Map<String, Double> before = usage.cpuSecondsByThread();
    double seconds = backlog.pass(events, _ -> backlog.randomBelow(visitors));
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
