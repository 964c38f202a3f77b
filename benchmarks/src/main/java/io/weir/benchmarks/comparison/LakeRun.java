package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.GivenSettings;
import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.local.platform.Home;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of lake-sink that fills one table. Events per second are those of all commits but the
 * last, which waits for its time with nothing to do; CPU time is all of it.
 */
final class LakeRun {
  private static final long POLL_MILLIS = 50;
  private static final Duration MOST = Duration.ofMinutes(10);

  private final RunPlan plan;
  private final Home home;
  private final String table;

  LakeRun(RunPlan plan, Home home, String table) {
    this.plan = plan;
    this.home = home;
    this.table = table;
  }

  RunLine run(String job, long rows) throws InterruptedException {
    try (CatalogDatabase database = CatalogDatabase.start(home);
        LakeSinkProcess sink = LakeSinkProcess.start(home, plan.sinkFlags(), settings(database))) {
      return measured(job, sink, rows);
    }
  }

  private Map<String, String> settings(CatalogDatabase database) {
    var settings = new HashMap<>(database.settings());
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", plan.bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", StreamRun.PREFIX);
    settings.put("WEIR_SINK_TABLES", table);
    // Often enough that the last commit is a small part of the whole.
    settings.put("WEIR_SINK_ROLL_SIZE", "32mb");
    settings.put("WEIR_SINK_ROLL_INTERVAL", "5s");
    settings.putAll(GivenSettings.of("sink"));
    return settings;
  }

  private RunLine measured(String job, LakeSinkProcess sink, long rows)
      throws InterruptedException {
    while (sink.progress().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    ProcessUsage usage = sink.usage();
    double cpuBefore = usage.cpuSeconds();
    CommitPoint last = awaitAll(sink, rows);
    double cpu = usage.cpuSeconds() - cpuBefore;
    var figures = new LinkedHashMap<String, String>();
    figures.put("events", Long.toString(rows));
    figures.put("counted", Long.toString(last.rows()));
    figures.put("seconds", RunLine.rounded(last.seconds(), 2));
    figures.put("events_per_s", RunLine.rounded(last.rows() / last.seconds(), 0));
    figures.put("cpu_s", RunLine.rounded(cpu, 1));
    figures.put("events_per_cpu_s", RunLine.rounded(rows / cpu, 0));
    figures.put("mb", RunLine.rounded(size(home.warehouse()) / 1e6, 1));
    figures.put("maxrss_mb", Long.toString(usage.peakMegabytes()));
    String threads = ProcessUsage.busiest(usage.cpuSecondsByThread());
    System.out.println("# CPU seconds by thread: " + threads);
    return new RunLine(RunPlan.WEIR, job, figures);
  }

  /** The rows in the table after a number of seconds. */
  private record CommitPoint(long rows, double seconds) {}

  /** Returns the commit before the last one. */
  private CommitPoint awaitAll(LakeSinkProcess sink, long rows) throws InterruptedException {
    long start = System.nanoTime();
    var last = new CommitPoint(0, 0);
    while (true) {
      long committed = committed(sink);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (committed >= rows) {
        return last.rows() == 0 ? new CommitPoint(committed, seconds) : last;
      }
      if (committed > last.rows()) {
        last = new CommitPoint(committed, seconds);
      }
      if (seconds > MOST.toSeconds()) {
        throw new StartupException(
            committed + " of " + rows + " rows within " + MOST + ", see " + home.folder());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(LakeRun::length)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path file) {
    return file.toFile().length();
  }

  private long committed(LakeSinkProcess sink) throws InterruptedException {
    return sink.progress()
        .flatMap(tables -> Optional.ofNullable(tables.get(table)))
        .map(progress -> (long) progress.rows())
        .orElse(0L);
  }
}
