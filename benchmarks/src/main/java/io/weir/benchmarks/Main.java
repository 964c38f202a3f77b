package io.weir.benchmarks;

import io.weir.benchmarks.micro.ReferrerBenchmark;
import io.weir.benchmarks.scale.FlatBench;
import io.weir.benchmarks.scale.MemoryBench;
import io.weir.benchmarks.micro.LongSessionBenchmark;
import io.weir.benchmarks.micro.IngestBenchmark;
import io.weir.benchmarks.comparison.RunPlan;
import io.weir.benchmarks.queries.QueriesBench;
import io.weir.benchmarks.comparison.FullComparison;
import io.weir.benchmarks.comparison.LakeComparison;
import io.weir.benchmarks.comparison.SessionsComparison;
import io.weir.benchmarks.micro.FoldBenchmark;

import io.weir.process.StartupException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code ./weir bench NAME}: runs a benchmark and prints machine, date, versions and all runs. */
public final class Main {
  private static final int UNUSABLE = 2;

  private static final Map<String, Class<?>> MICRO =
      new TreeMap<>(
          Map.of(
              "ingest", IngestBenchmark.class,
              "fold", FoldBenchmark.class,
              "long", LongSessionBenchmark.class,
              "referrer", ReferrerBenchmark.class));

  private static final Map<String, Whole> WHOLE =
      new TreeMap<>(
          Map.of(
              "sessions", new Whole(RunPlan.USAGE, SessionsComparison::run),
              "full", new Whole(RunPlan.USAGE, FullComparison::run),
              "lake", new Whole(RunPlan.USAGE, LakeComparison::run),
              "queries", new Whole(QueriesBench.USAGE, QueriesBench::run),
              "flat", new Whole(FlatBench.USAGE, FlatBench::run),
              "memory", new Whole(MemoryBench.USAGE, MemoryBench::run)));

  private Main() {}

  /** A benchmark of whole processes. */
  private record Whole(String usage, Run run) {}

  private interface Run {
    /** Returns the exit code. */
    int with(List<String> words) throws InterruptedException;
  }

  public static void main(String[] args) throws RunnerException, InterruptedException {
    try {
      System.exit(run(List.of(args)));
    } catch (StartupException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(UNUSABLE);
    }
  }

  private static int run(List<String> args) throws RunnerException, InterruptedException {
    String name = args.isEmpty() ? "" : args.getFirst();
    List<String> words = args.isEmpty() ? args : args.subList(1, args.size());
    Whole whole = WHOLE.get(name);
    if (whole != null) {
      return run(whole, words);
    }
    Class<?> benchmark = words.isEmpty() ? MICRO.get(name) : null;
    if (benchmark == null) {
      throw new StartupException(
          "usage: weir bench NAME, NAME one of "
              + String.join(", ", MICRO.keySet())
              + ", and with options (--help tells them) "
              + String.join(", ", WHOLE.keySet()));
    }
    printSurroundings();
    measure(benchmark);
    return 0;
  }

  private static int run(Whole whole, List<String> words) throws InterruptedException {
    if (words.contains("--help")) {
      System.out.println(whole.usage());
      return 0;
    }
    printSurroundings();
    int exitCode = whole.run().with(words);
    printSurroundings();
    return exitCode;
  }

  private static void printSurroundings() {
    System.out.printf(
        "# %s  %s %s, %d cores, load %.1f, Java %s, Kafka %s%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.vm.version"),
        AppInfoParser.getVersion());
  }

  private static void measure(Class<?> benchmark) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                    "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")
                .build())
        .run();
  }
}
