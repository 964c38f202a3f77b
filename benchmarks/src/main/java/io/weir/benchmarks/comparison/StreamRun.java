package io.weir.benchmarks.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.GivenSettings;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.FinalSessions;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.local.platform.Home;
import io.weir.process.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * One run of stream-app over the whole raw topic, from a fresh state to the last session closed.
 * Its CPU time counts from its first answer, its seconds from the first record.
 */
final class StreamRun {
  static final String PREFIX = "clickstream";
  static final String RAW = PREFIX + ".raw";

  private static final String APPLICATION = "weir-bench-";
  private static final Duration MOST = Duration.ofMinutes(10);

  private final RunPlan plan;
  private final ProcessUsage broker;
  private final Home home;

  StreamRun(RunPlan plan, long brokerPid) {
    this.plan = plan;
    this.broker = new ProcessUsage(brokerPid);
    this.home = new Home(plan.work().resolve("weir"));
  }

  /** The line of the run, and what it found. */
  record RunResult(
      RunLine line,
      Map<String, Double> cpuByThread,
      Map<String, Long> counts,
      Map<String, Long> topicBytes) {}

  RunResult run() throws InterruptedException {
    var kafka = new KafkaConnection(plan.bootstrapServers(), Map.of());
    try (Admin admin = kafka.admin()) {
      TopicStore store = fresh(admin);
      RunLine line;
      Map<String, Double> cpuByThread;
      JsonNode status;
      try (StreamAppProcess app = start()) {
        line = measured(app, plan.records());
        cpuByThread = app.usage().cpuSecondsByThread();
        status = app.status().orElseThrow();
      }
      // Closing the process commits the last sessions: with a long commit interval they are not
      // readable before.
      return new RunResult(line, cpuByThread, counts(status, kafka), store.bytes());
    }
  }

  /** Removes all that is left of the run before, on the broker and on disk. */
  TopicStore fresh(Admin admin) {
    var store = new TopicStore(admin);
    store.delete(List.of(PREFIX + ".", APPLICATION), RAW);
    ProjectFolder.emptied(home.folder());
    return store;
  }

  Home home() {
    return home;
  }

  StreamAppProcess start() {
    return StreamAppProcess.start(
        ProjectFolder.checkout(), home, "stream-app", flags(), settings());
  }

  private RunLine measured(StreamAppProcess app, long records) throws InterruptedException {
    double brokerBefore = broker.cpuSeconds();
    // The peers count from the moment the job is handed over: the start of their JVM is left out.
    app.await(MOST, _ -> true);
    ProcessUsage usage = app.usage();
    double cpuBefore = usage.cpuSeconds();
    app.await(MOST, status -> status.path("received").asLong() > 0);
    long first = System.nanoTime();
    app.await(
        MOST,
        status ->
            status.path("received").asLong() >= records && status.path("settled").asBoolean());
    double seconds = (System.nanoTime() - first) / 1e9;
    double processCpu = usage.cpuSeconds();
    double cpu = processCpu - cpuBefore;
    double brokerCpu = broker.cpuSeconds() - brokerBefore;
    var figures = new LinkedHashMap<String, String>();
    figures.put("events", Long.toString(records));
    figures.put("seconds", RunLine.rounded(seconds, 2));
    figures.put("events_per_s", RunLine.rounded(records / seconds, 0));
    figures.put("cpu_s", RunLine.rounded(cpu, 1));
    figures.put("events_per_cpu_s", RunLine.rounded(records / cpu, 0));
    figures.put("maxrss_mb", Long.toString(usage.peakMegabytes()));
    figures.put("process_cpu_s", RunLine.rounded(processCpu, 1));
    figures.put("broker_cpu_s", RunLine.rounded(brokerCpu, 1));
    figures.put("opts", opts());
    figures.put("java", System.getProperty("java.version"));
    return new RunLine(RunPlan.WEIR, "sessions", figures);
  }

  private Map<String, Long> counts(JsonNode status, KafkaConnection kafka) {
    FinalSessions found = FinalSessions.of(kafka, PREFIX + ".sessions");
    var counts = new TreeMap<String, Long>();
    counts.put("sessions", found.sessions());
    counts.put("valid_distinct", found.events());
    counts.put("revenue_cents", found.revenueCents());
    counts.put("duplicates", status.path("duplicate").asLong());
    counts.put("malformed", status.path("rejected").asLong());
    return counts;
  }

  private List<String> flags() {
    // The heap that the other engines' script gives them; most of it for what soon is garbage.
    var flags = new ArrayList<>(List.of("-Xmx4g", "-Xmn2500m"));
    flags.addAll(plan.flags());
    plan.recording().ifPresent(file -> flags.add(StreamAppOptions.recording(file)));
    return flags;
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", plan.bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", PREFIX);
    settings.put(
        "WEIR_STREAM_APPLICATION_ID", APPLICATION + Long.toString(System.currentTimeMillis(), 36));
    settings.put("WEIR_STREAM_CACHE_MEMORY", "256mb");
    settings.put(
        "WEIR_STREAM_EVENT_TYPES",
        "page_view,product_view,search,add_to_cart,remove_from_cart,checkout,purchase,"
            + "ad_impression,ad_click");
    settings.put("WEIR_STREAM_MAX_EVENT_AGE", "36500d");
    // The topic ends with events two days ahead. They are keyed for another partition, and reach
    // it while it still has older ones to read.
    settings.put("WEIR_STREAM_ALLOWED_LATENESS", "3d");
    settings.putAll(GivenSettings.of("stream"));
    return settings;
  }

  /** The flags and settings that the user gave, as one word of the line. */
  String opts() {
    return Stream.concat(
            plan.flags().stream(),
            GivenSettings.of("stream").entrySet().stream()
                .map(setting -> setting.getKey() + ":" + setting.getValue()))
        .map(option -> option.replace(' ', '_'))
        .collect(Collectors.joining(","));
  }
}
