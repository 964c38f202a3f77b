package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.GivenSettings;
import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.contract.GoldTopic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The changelog of many cells through lake-sink into an empty table of PostgreSQL, and a second
 * time into the full one. Rows per second count from the first commit to the last.
 */
record UpsertRun(int cells) {
  private static final String PREFIX = "upserts";
  private static final String TOPIC = GoldTopic.name(PREFIX + "-stream");
  static final String TABLE = "gold.cells";
  private static final double LEAST_PER_SECOND = 10_000;
  private static final long POLL_MILLIS = 20;
  private static final Duration MOST = Duration.ofMinutes(10);
  private static final LocalDate END = LocalDate.of(2026, 3, 1);

  void run(BenchPlatform platform, Floors floors) throws InterruptedException {
    StoredCells stored = StoredCells.ofAbout(cells, END);
    KafkaConnection kafka = platform.connection();
    StoredCells.create(kafka, TOPIC);
    stored.write(kafka, TOPIC, 1);
    try (CatalogDatabase database = CatalogDatabase.start(platform.home());
        LakeSinkProcess sink =
            LakeSinkProcess.start(platform.home(), List.of(), settings(kafka, database))) {
      floors.atLeast("new rows", perSecond(sink, 0, stored), LEAST_PER_SECOND, "rows/s");
      stored.write(kafka, TOPIC, 2);
      double changed = perSecond(sink, stored.count(), stored);
      floors.atLeast("changed rows", changed, LEAST_PER_SECOND, "rows/s");
      System.out.printf(
          Locale.ROOT,
          "# %d rows twice; lake-sink took %.1f s of CPU time, PostgreSQL %.1f s%n",
          stored.count(),
          sink.usage().cpuSeconds(),
          database.cpuSeconds());
    }
  }

  private static Map<String, String> settings(KafkaConnection kafka, CatalogDatabase database) {
    var settings = new HashMap<>(database.settings());
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", PREFIX);
    settings.put("WEIR_TOPIC_PARTITIONS", "" + StoredCells.PARTITIONS);
    settings.put("WEIR_SINK_TABLES", TABLE);
    // Often enough that the time from the first commit to the last is nearly all of the time.
    settings.put("WEIR_SINK_ROLL_SIZE", "2mb");
    settings.put("WEIR_SINK_ROLL_INTERVAL", "1s");
    settings.putAll(GivenSettings.of("sink"));
    return settings;
  }

  private static double perSecond(LakeSinkProcess sink, long before, StoredCells stored)
      throws InterruptedException {
    long first = await(sink, before + 1);
    long firstAt = System.nanoTime();
    await(sink, before + stored.count());
    double seconds = (System.nanoTime() - firstAt) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "upserts first=%d rows=%d seconds=%.2f%n",
        first - before,
        stored.count(),
        seconds);
    return (before + stored.count() - first) / seconds;
  }

  /** Waits until so many rows are committed; returns how many are. */
  private static long await(LakeSinkProcess sink, long rows) throws InterruptedException {
    long deadline = System.nanoTime() + MOST.toNanos();
    while (true) {
      long committed =
          sink.progress()
              .flatMap(tables -> Optional.ofNullable(tables.get(TABLE)))
              .map(progress -> (long) progress.rows())
              .orElse(0L);
      if (committed >= rows) {
        return committed;
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException(committed + " of " + rows + " rows within " + MOST);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
