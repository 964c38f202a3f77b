package io.weir.benchmarks;

import io.weir.contract.StartupException;
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
  private static final String SESSIONS = "sessions";
  private static final String LAKE = "lake";
  private static final String FULL = "full";
  private static final Map<String, Class<?>> KNOWN =
      new TreeMap<>(Map.of("ingest", IngestBenchmark.class, "fold", FoldBenchmark.class));

  private Main() {}

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
    if (name.equals(SESSIONS)) {
      printSurroundings();
      return SessionsComparison.run(args.subList(1, args.size()));
    }
    if (name.equals(FULL)) {
      printSurroundings();
      return FullComparison.run(args.subList(1, args.size()));
    }
    if (name.equals(LAKE)) {
      printSurroundings();
      return LakeComparison.run(args.subList(1, args.size()));
    }
    Class<?> benchmark = args.size() == 1 ? KNOWN.get(name) : null;
    if (benchmark == null) {
      throw new StartupException(
          "usage: weir bench NAME, NAME one of "
              + String.join(", ", KNOWN.keySet())
              + ", "
              + SESSIONS
              + ", "
              + FULL
              + ", "
              + LAKE);
    }
    printSurroundings();
    measure(benchmark);
    return 0;
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
