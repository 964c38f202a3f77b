package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.Median;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.queries.LoadStep;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.benchmarks.topic.RawEventSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stream-app and the broker take at 5,000 events a second, without gold and with it: the two
 * take turns, the first of which changes from pair to pair, each with topics of its own.
 */
record CostRun(StreamAppOptions options, int pairs, int warmUpSeconds, int seconds) {
  private static final int EVENTS_PER_SECOND = 5_000;
  private static final int EVENTS_AT_ONCE = 5;
  private static final int VISITORS = 50_000;
  private static final double MOST = 1.3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  void run(BenchPlatform platform, Floors floors) throws InterruptedException {
    var ratios = new ArrayList<Double>();
    for (int pair = 1; pair <= pairs; pair++) {
      boolean isPlainFirst = pair % 2 == 1;
      double first = cpuSeconds(platform, pair, isPlainFirst);
      double second = cpuSeconds(platform, pair, !isPlainFirst);
      double before = isPlainFirst ? first : second;
      double now = isPlainFirst ? second : first;
      ratios.add(now / before);
      System.out.printf(
          Locale.ROOT,
          "pair %d: %.1f and %.1f %% of a core without and with gold, ratio %.2f%n",
          pair,
          100 * before / seconds,
          100 * now / seconds,
          now / before);
    }
    floors.atMost("live cost of gold, median", Median.of(ratios), MOST, "times");
  }

  private double cpuSeconds(BenchPlatform platform, int pair, boolean isPlain)
      throws InterruptedException {
    return isPlain
        ? cpuSeconds(platform, "without" + pair, "-Xmx1g", StreamAppOptions.WITHOUT_GOLD)
        : cpuSeconds(platform, "with" + pair, "-Xmx1g");
  }

  private double cpuSeconds(BenchPlatform platform, String name, String... standard)
      throws InterruptedException {
    Map<String, String> prefix = Map.of("WEIR_TOPIC_PREFIX", name);
    List<String> flags = options.flags("gold-" + name, standard);
    try (StreamAppProcess app = platform.app(name, flags, prefix)) {
      app.awaitRunning(PATIENCE);
      try (var raw = new RawEventSender(platform.connection(), name + ".raw")) {
        return underLoad(platform, app, raw);
      }
    } finally {
      platform.forget(name);
    }
  }

  private double underLoad(BenchPlatform platform, StreamAppProcess app, RawEventSender raw)
      throws InterruptedException {
    var step = new LoadStep(raw, VISITORS, EVENTS_AT_ONCE);
    double steps = EVENTS_PER_SECOND / (double) EVENTS_AT_ONCE;
    try (PacedThreads load = PacedThreads.start("load", steps, List.of(step))) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      load.check();
      double before = app.usage().cpuSeconds() + platform.brokerUsage().cpuSeconds();
      TimeUnit.SECONDS.sleep(seconds);
      load.check();
      return app.usage().cpuSeconds() + platform.brokerUsage().cpuSeconds() - before;
    }
  }
}
