package io.weir.benchmarks.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.GivenSettings;
import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * One run of stream-app and lake-sink over the whole raw topic, until bronze, silver events and
 * sessions are committed. CPU time counts from the moment a process can take its job, as with the
 * others, and includes PostgreSQL's, which holds the catalog.
 */
final class FullRun {
  private static final String BRONZE = "bronze.raw_events";
  private static final String EVENTS = "silver.events";
  private static final String SESSIONS = "silver.sessions";
  private static final long START_POLL_MILLIS = 20;
  private static final long POLL_MILLIS = 500;
  private static final Duration MOST = Duration.ofMinutes(15);

  private final RunPlan plan;
  private final StreamRun stream;
  private final ProcessUsage broker;

  FullRun(RunPlan plan, long brokerPid) {
    this.plan = plan;
    this.stream = new StreamRun(plan, brokerPid);
    this.broker = new ProcessUsage(brokerPid);
  }

  StreamRun.RunResult run() throws InterruptedException {
    var kafka = new KafkaConnection(plan.bootstrapServers(), Map.of());
    try (Admin admin = kafka.admin()) {
      TopicStore store = stream.fresh(admin);
      try (CatalogDatabase database = CatalogDatabase.start(stream.home())) {
        Map<String, String> settings = sinkSettings(database);
        var measurement = new FullMeasurement(database, plan.records());
        try (LakeSinkProcess sink =
                LakeSinkProcess.start(stream.home(), plan.sinkFlags(), settings);
            StreamAppProcess app = stream.start()) {
          measurement.run(app, sink);
        }
        Map<String, Long> counts = counts(measurement.status(), settings);
        return new StreamRun.RunResult(
            measurement.line(), measurement.cpuByThread(), counts, store.bytes());
      }
    }
  }

  private Map<String, String> sinkSettings(CatalogDatabase database) {
    var settings = new HashMap<>(database.settings());
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", plan.bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", StreamRun.PREFIX);
    settings.put("WEIR_SINK_TABLES", String.join(",", BRONZE, EVENTS, SESSIONS));
    // As often as Flink makes a checkpoint here.
    settings.put("WEIR_SINK_ROLL_INTERVAL", "10s");
    settings.putAll(GivenSettings.of("sink"));
    return settings;
  }

  private Map<String, Long> counts(JsonNode status, Map<String, String> settings)
      throws InterruptedException {
    JsonNode lake =
        LakeSinkProcess.ask(
            stream.home(),
            "SELECT (SELECT count(*) FROM bronze.raw_events) AS bronze_rows,"
                + " (SELECT count(*) FROM silver.events) AS events_rows,"
                + " count(*) AS sessions, sum(events) AS valid_distinct,"
                + " CAST(sum(list_sum(map_values(revenue))) * 100 AS BIGINT) AS revenue_cents"
                + " FROM silver.sessions",
            settings);
    var counts = new TreeMap<String, Long>();
    lake.properties().forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
    counts.put("duplicates", status.path("duplicate").asLong());
    counts.put("malformed", status.path("rejected").asLong());
    return counts;
  }

  /** The CPU seconds of a process since it could take its job. */
  private static final class CpuMeter {
    private final ProcessUsage usage;
    private double before = Double.NaN;

    CpuMeter(ProcessUsage usage) {
      this.usage = usage;
    }

    boolean hasStarted() {
      return !Double.isNaN(before);
    }

    void start() {
      before = usage.cpuSeconds();
    }

    double cpuSeconds() {
      return usage.cpuSeconds() - before;
    }
  }

  /** The measured part of the run, and its figures. */
  private final class FullMeasurement {
    private final CatalogDatabase database;
    private final long records;
    private final long deadline = System.nanoTime() + MOST.toNanos();
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final Map<String, Double> cpuByThread = new TreeMap<>();
    private Optional<JsonNode> status = Optional.empty();

    FullMeasurement(CatalogDatabase database, long records) {
      this.database = database;
      this.records = records;
    }

    RunLine line() {
      return new RunLine(RunPlan.WEIR, "full", figures);
    }

    Map<String, Double> cpuByThread() {
      return cpuByThread;
    }

    JsonNode status() {
      return status.orElseThrow();
    }

    void run(StreamAppProcess app, LakeSinkProcess sink) throws InterruptedException {
      double brokerBefore = broker.cpuSeconds();
      double databaseBefore = database.cpuSeconds();
      var streamMeter = new CpuMeter(app.usage());
      var sinkMeter = new CpuMeter(sink.usage());
      awaitStart(app, sink, streamMeter, sinkMeter);
      long first = System.nanoTime();
      while (!isDone(app, sink)) {
        check("the run did not end");
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      double seconds = (System.nanoTime() - first) / 1e9;
      double databaseCpu = database.cpuSeconds() - databaseBefore;
      figures.put("events", Long.toString(records));
      put("seconds", seconds, 2);
      put("events_per_s", records / seconds, 0);
      cpu(streamMeter, sinkMeter, databaseCpu);
      put("broker_cpu_s", broker.cpuSeconds() - brokerBefore, 1);
      figures.put("opts", stream.opts());
      figures.put("java", System.getProperty("java.version"));
      threads("stream ", app.usage());
      threads("sink ", sink.usage());
    }

    private void cpu(CpuMeter streamMeter, CpuMeter sinkMeter, double databaseCpu) {
      double streamCpu = streamMeter.cpuSeconds();
      double sinkCpu = sinkMeter.cpuSeconds();
      double cpu = streamCpu + sinkCpu + databaseCpu;
      put("cpu_s", cpu, 1);
      put("events_per_cpu_s", records / cpu, 0);
      put("stream_cpu_s", streamCpu, 1);
      put("sink_cpu_s", sinkCpu, 1);
      put("postgres_cpu_s", databaseCpu, 1);
      figures.put("stream_maxrss_mb", Long.toString(streamMeter.usage.peakMegabytes()));
      figures.put("sink_maxrss_mb", Long.toString(sinkMeter.usage.peakMegabytes()));
    }

    private void put(String name, double value, int places) {
      figures.put(name, RunLine.rounded(value, places));
    }

    private void threads(String process, ProcessUsage usage) {
      usage
          .cpuSecondsByThread()
          .forEach((thread, seconds) -> cpuByThread.put(process + thread, seconds));
    }

    private void awaitStart(
        StreamAppProcess app, LakeSinkProcess sink, CpuMeter streamMeter, CpuMeter sinkMeter)
        throws InterruptedException {
      while (!streamMeter.hasStarted() || !sinkMeter.hasStarted()) {
        if (!streamMeter.hasStarted() && app.status().isPresent()) {
          streamMeter.start();
        }
        if (!sinkMeter.hasStarted() && sink.progress().isPresent()) {
          sinkMeter.start();
        }
        check("stream-app or lake-sink did not start");
        TimeUnit.MILLISECONDS.sleep(START_POLL_MILLIS);
      }
    }

    private boolean isDone(StreamAppProcess app, LakeSinkProcess sink) throws InterruptedException {
      status = app.status();
      JsonNode now = status.orElseThrow(() -> new StartupException("stream-app went away"));
      if (now.path("received").asLong() < records || !now.path("settled").asBoolean()) {
        return false;
      }
      Map<String, LakeSinkProcess.TableProgress> tables = sink.progress().orElse(Map.of());
      return has(tables, BRONZE, records)
          && has(tables, EVENTS, now.path("accepted").asLong())
          && has(tables, SESSIONS, 1);
    }

    private static boolean has(
        Map<String, LakeSinkProcess.TableProgress> tables, String name, long rows) {
      LakeSinkProcess.TableProgress table = tables.get(name);
      return table != null && table.rows() >= rows && table.lag() == 0;
    }

    private void check(String problem) {
      if (System.nanoTime() > deadline) {
        throw new StartupException(problem + " within " + MOST + ", see " + stream.home().folder());
      }
    }
  }
}
