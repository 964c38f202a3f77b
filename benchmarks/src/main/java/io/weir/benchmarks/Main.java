package io.weir.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code ./weir bench NAME}: runs a benchmark and prints machine, date, versions and all runs. */
public final class Main {
  private static final Map<String, Class<?>> KNOWN =
      new TreeMap<>(Map.of("ingest", IngestBenchmark.class, "fold", FoldBenchmark.class));

  private Main() {}

  public static void main(String[] args) throws RunnerException {
    Class<?> benchmark = args.length == 1 ? KNOWN.get(args[0]) : null;
    if (benchmark == null) {
      System.err.println(
          "usage: weir bench NAME, NAME one of " + String.join(", ", KNOWN.keySet()));
      System.exit(2);
      return;
    }
    System.out.printf(
        "# %s  %s %s, %d cores, load %.1f, Java %s%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.vm.version"));
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
