package io.weir.peers.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The job of a user who chose Spark Structured Streaming: the raw topic to valid, distinct clicks
 * and their sessions, with RocksDB as the state store and Delta for the sessions.
 *
 * <p>{@code sessions} runs one query; {@code full} two more, which write raw records and clicks.
 */
public final class Main {
  private static final String CORES = "2";
  private static final String SHUFFLE_PARTITIONS = "4";
  private static final int REPORT_SECONDS = 5;

  private final SparkSession spark;
  private final Path out;
  private final BatchTally tally = new BatchTally();

  private Main(SparkSession spark, Path out) {
    this.spark = spark;
    this.out = out;
  }

  public static void main(String[] arguments) {
    try {
      run(arguments.length == 0 ? "" : arguments[0]);
      System.out.flush();
      // Not exit: Spark's shutdown hooks would delay the end.
      Runtime.getRuntime().halt(0);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(String mode) throws Exception {
    if (!mode.equals("full") && !mode.equals("sessions")) {
      throw new IllegalArgumentException("the job is sessions or full, not: " + mode);
    }
    Path out = SparkUsage.emptied(Path.of(System.getenv("PEERS_TMP"), "spark", "out"));
    SparkSession spark = session(out);
    var main = new Main(spark, out);
    spark.streams().addListener(main.tally);
    double cpuBefore = SparkUsage.cpuSeconds();
    List<StreamingQuery> queries = main.start(mode.equals("full"));
    for (StreamingQuery query : queries) {
      query.awaitTermination();
    }
    long endMillis = System.currentTimeMillis();
    double cpu = SparkUsage.cpuSeconds() - cpuBefore;
    long peakMegabytes = SparkUsage.peakMegabytes();
    main.awaitReports(queries.size());
    main.printCounts();
    main.report(mode, endMillis, cpu, peakMegabytes);
  }

  private static SparkSession session(Path out) {
    return SparkSession.builder()
        .appName("peer")
        .master("local[" + CORES + "]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", SHUFFLE_PARTITIONS)
        .config("spark.sql.warehouse.dir", out.resolve("warehouse").toString())
        .config("spark.local.dir", out.resolve("local").toString())
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config(
            "spark.sql.streaming.stateStore.providerClass",
            "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
        .config(
            "spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true")
        .getOrCreate();
  }

  /** The queries are separate, so each reads and parses the topic for itself. */
  private List<StreamingQuery> start(boolean isFull) throws Exception {
    var queries = new ArrayList<StreamingQuery>();
    if (isFull) {
      queries.add(parquet(Clicks.bronze(spark), "bronze"));
      queries.add(parquet(Clicks.valid(spark), "silver"));
    }
    String table = out.resolve("sessions").toString();
    VoidFunction2<Dataset<Row>, Long> merge = (batch, number) -> SessionTable.merge(batch, table);
    queries.add(
        writer(SessionTable.of(Clicks.valid(spark)), "sessions").foreachBatch(merge).start());
    return queries;
  }

  private StreamingQuery parquet(Dataset<Row> rows, String name) throws Exception {
    return writer(rows, name)
        .format("parquet")
        .option("compression", "zstd")
        .option("path", out.resolve(name).toString())
        .start();
  }

  private DataStreamWriter<Row> writer(Dataset<Row> rows, String name) {
    return rows.writeStream()
        .queryName(name)
        .outputMode("append")
        .option("checkpointLocation", out.resolve("checkpoints").resolve(name).toString())
        .trigger(Trigger.AvailableNow());
  }

  /** Reports of the last batches reach the listener a little later. */
  private void awaitReports(int queries) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPORT_SECONDS);
    while (tally.queries() < queries && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void printCounts() {
    var line = new StringBuilder("count");
    for (String name : List.of("bronze", "silver")) {
      Path folder = out.resolve(name);
      if (Files.exists(folder)) {
        line.append(' ').append(name).append('=');
        line.append(spark.read().parquet(folder.toString()).count());
      }
    }
    Row sums =
        spark
            .read()
            .format("delta")
            .load(out.resolve("sessions").toString())
            .agg(count(lit(1)), sum("events"), sum("revenue_cents"))
            .first();
    line.append(" sessions=").append(sums.get(0));
    line.append(" session_events=").append(sums.get(1));
    line.append(" revenue_cents=").append(sums.get(2));
    System.out.println(line);
  }

  private void report(String mode, long endMillis, double cpu, long peakMegabytes) {
    long events = tally.records();
    double seconds = (endMillis - tally.firstMillis()) / 1e3;
    System.out.printf(
        Locale.ROOT,
        "spark %s events=%d seconds=%.2f events_per_s=%.0f cpu_s=%.1f events_per_cpu_s=%.0f"
            + " maxrss_mb=%d opts=%n",
        mode,
        events,
        seconds,
        events / seconds,
        cpu,
        events / cpu,
        peakMegabytes);
  }
}
