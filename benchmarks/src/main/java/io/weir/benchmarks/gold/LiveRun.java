package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.queries.LoadStep;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.benchmarks.topic.RawEventSender;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * 5,000 events a second, with commits each second: what stream-app and the broker take, and how
 * soon an event is part of an answer of REST and of a row in PostgreSQL.
 */
record LiveRun(StreamAppOptions options, int warmUpSeconds, int seconds) {
  private static final String NAME = "live";
  private static final int EVENTS_PER_SECOND = 5_000;
  private static final int EVENTS_AT_ONCE = 5;
  private static final int VISITORS = 50_000;
  private static final double PROBES_PER_SECOND = 1;
  private static final int PROBING = 4;
  private static final double MOST_MILLIS_ROW = 3_000;
  private static final double MOST_MILLIS_REST = 2_000;
  private static final long POLL_MILLIS = 100;
  private static final double P99 = 0.99;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  void run(BenchPlatform platform, Floors floors) throws InterruptedException {
    Map<String, String> prefix = Map.of("WEIR_TOPIC_PREFIX", NAME);
    try (CatalogDatabase database = CatalogDatabase.start(platform.home());
        StreamAppProcess app =
            platform.app(NAME, options.flags("gold-" + NAME, "-Xmx1g"), prefix)) {
      app.awaitRunning(PATIENCE);
      try (LakeSinkProcess sink =
              LakeSinkProcess.start(platform.home(), List.of(), settings(platform, database));
          var raw = new RawEventSender(platform.connection(), NAME + ".raw")) {
        while (sink.progress().isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        var processes = new LinkedHashMap<String, DoubleSupplier>();
        processes.put("stream-app", app.usage()::cpuSeconds);
        processes.put("broker", platform.brokerUsage()::cpuSeconds);
        processes.put("lake-sink", sink.usage()::cpuSeconds);
        processes.put("PostgreSQL", database::cpuSeconds);
        processes.put(
            "this benchmark", new ProcessUsage(ProcessHandle.current().pid())::cpuSeconds);
        var probes = new FreshnessProbes(app.port(), database.settings(), raw);
        measure(raw, probes, processes);
        floors.atMost("event to REST p99", probes.rest().millis(P99), MOST_MILLIS_REST, "ms");
        floors.atMost("event to row p99", probes.rows().millis(P99), MOST_MILLIS_ROW, "ms");
      }
    }
  }

  private static Map<String, String> settings(BenchPlatform platform, CatalogDatabase database) {
    var settings = new HashMap<>(database.settings());
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", platform.connection().bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", NAME);
    settings.put("WEIR_TOPIC_PARTITIONS", "" + ProjectFolder.PARTITIONS);
    settings.put("WEIR_SINK_TABLES", UpsertRun.TABLE);
    settings.put("WEIR_SINK_ROLL_INTERVAL", "1s");
    return settings;
  }

  private void measure(
      RawEventSender raw, FreshnessProbes probes, Map<String, DoubleSupplier> processes)
      throws InterruptedException {
    var step = new LoadStep(raw, VISITORS, EVENTS_AT_ONCE);
    double steps = EVENTS_PER_SECOND / (double) EVENTS_AT_ONCE;
    try (PacedThreads load = PacedThreads.start("load", steps, List.of(step));
        PacedThreads probing =
            PacedThreads.start(
                "probe",
                PROBES_PER_SECOND,
                IntStream.range(0, PROBING).mapToObj(_ -> probes.thread()).toList())) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      load.check();
      probing.check();
      probes.reset();
      long before = raw.taken();
      var cpuBefore = new LinkedHashMap<String, Double>();
      processes.forEach((name, cpu) -> cpuBefore.put(name, cpu.getAsDouble()));
      TimeUnit.SECONDS.sleep(seconds);
      load.check();
      probing.check();
      tell("live: events/s", (raw.taken() - before) / (double) seconds);
      cpuBefore.forEach((name, cpu) ->
          tell("# of a core, %: " + name, 100 * (used(processes, name) - cpu) / seconds));
    }
    tell("event to REST", probes.rest());
    tell("event to row", probes.rows());
  }

  private static double used(Map<String, DoubleSupplier> processes, String name) {
    return processes.getOrDefault(name, () -> 0).getAsDouble();
  }

  private static void tell(String what, double figure) {
    System.out.printf(Locale.ROOT, "%s %.0f%n", what, figure);
  }

  private static void tell(String what, Latencies latencies) {
    System.out.println(what + " " + latencies);
  }
}
