package io.weir.benchmarks.scale;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.benchmarks.topic.RawEventSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./weir bench traces}: what following records costs stream-app. Three of them run beside
 * each other, without traces, with one record of a hundred followed, and with all; they take turns,
 * so that other work of the machine burdens each alike. Spans go to a collector of the benchmark.
 */
@Command(
    name = "traces",
    description = "CPU time of an event without traces, at ratio 0.01 and at 1; about 5 min.")
public final class TraceBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> RATIOS = List.of("0", "0.01", "1");
  private static final double MOST_TIMES = 1.1;
  private static final String COMPILERS = "C CompilerThre";
  private static final int VISITORS = 20_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "200000",
      converter = WholeNumber.class,
      description = "Events of a turn (default ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      converter = WholeNumber.class,
      description = "Turns of each; two more warm up (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  /** A stream-app, what plays it events, and its costs so far. */
  private record Runner(
      String ratio,
      StreamAppProcess app,
      RawEventSender raw,
      EventBurst burst,
      List<Double> microsOfEvents) {}

  /** Returns the exit code: 0 when the floor holds. */
  @Override
  public Integer call() throws Exception {
    var runners = new ArrayList<Runner>();
    try (BenchPlatform platform = BenchPlatform.open();
        SpanCollector collector = SpanCollector.start()) {
      for (String ratio : RATIOS) {
        runners.add(start(platform, ratio, collector.address()));
      }
      for (int round = -2; round < rounds; round++) {
        for (Runner each : runners) {
          turn(each, round);
        }
      }
      System.out.println("# the collector got " + collector.requests() + " requests with spans");
    } finally {
      for (Runner each : runners) {
        each.raw().close();
        each.app().close();
      }
    }
    return judged(runners);
  }

  private Runner start(BenchPlatform platform, String ratio, String collector)
      throws InterruptedException {
    String prefix = "traces-" + ratio.replace('.', '-');
    StreamAppProcess app =
        platform.app(
            prefix,
            options.flags(prefix, "-Xmx512m"),
            Map.of(
                "WEIR_TOPIC_PREFIX", prefix,
                "WEIR_TRACE_RATIO", ratio,
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector));
    app.awaitRunning(PATIENCE);
    var raw = new RawEventSender(platform.connection(), prefix + ".raw");
    return new Runner(ratio, app, raw, new EventBurst(raw, app), new ArrayList<>());
  }

  private void turn(Runner runner, int round) throws InterruptedException {
    ProcessUsage usage = runner.app().usage();
    double before = spent(usage);
    EventBurst burst = runner.burst();
    double seconds = burst.pass(events, _ -> burst.randomBelow(VISITORS));
    double micros = (spent(usage) - before) * 1e6 / events;
    if (round >= 0) {
      runner.microsOfEvents().add(micros);
    }
    System.out.printf(
        Locale.ROOT,
        "traces ratio=%s round=%s events=%d seconds=%.1f cpu_us_per_event=%.1f%n",
        runner.ratio(),
        round < 0 ? "warm-up" : String.valueOf(round + 1),
        events,
        seconds,
        micros);
  }

  /** CPU seconds without the JVM's compilers. */
  private static double spent(ProcessUsage usage) {
    double all = usage.cpuSeconds();
    return all - usage.cpuSecondsByThread().getOrDefault(COMPILERS, 0.0);
  }

  /** Compares turns that were neighbours in time, and takes the median. */
  private int judged(List<Runner> runners) {
    Runner off = runners.getFirst();
    for (Runner each : runners) {
      System.out.printf(
          Locale.ROOT,
          "traces ratio=%s median_cpu_us_per_event=%.1f times_of_off=%.2f%n",
          each.ratio(),
          median(each.microsOfEvents()),
          times(each, off));
    }
    var floors = new Floors();
    floors.atMost("ratio 0.01 / off", times(runners.get(1), off), MOST_TIMES, "times");
    return floors.exitCode();
  }

  private static double times(Runner one, Runner other) {
    var times = new ArrayList<Double>();
    for (int i = 0; i < one.microsOfEvents().size(); i++) {
      times.add(one.microsOfEvents().get(i) / other.microsOfEvents().get(i));
    }
    return median(times);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
