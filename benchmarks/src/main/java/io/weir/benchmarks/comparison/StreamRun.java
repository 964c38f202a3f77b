package io.weir.benchmarks.comparison;

import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.benchmarks.process.Program;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.topic.FinalSessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * One run of stream-app over the whole raw topic, from a fresh state to the last session closed.
 * Its CPU time counts from the start of the process, its seconds from the first record.
 */
public final class StreamRun {
  static final String RAW = "clickstream.raw";
  public static final int PARTITIONS = 4;

  private static final String APPLICATION = "weir-bench-";

  private static final String OURS = Settings.variable("stream") + "_";
  private static final Duration MOST = Duration.ofMinutes(10);

  private final RunPlan options;
  private final ProcessUsage broker;
  private final Path folder;

  public StreamRun(RunPlan options, long brokerPid) {
    this.options = options;
    this.broker = new ProcessUsage(brokerPid);
    this.folder = options.work().resolve("weir");
  }

  /** The line of the run, and what it found. */
  public record Result(
      RunLine line,
      Map<String, Double> cpuByThread,
      Map<String, Long> counts,
      Map<String, Long> topicBytes) {}

  public Result run(long records) throws InterruptedException {
    var kafka = new KafkaConnection(options.bootstrapServers(), Map.of());
    try (Admin admin = kafka.admin()) {
      TopicStore store = fresh(admin);
      RunLine line;
      Map<String, Double> cpuByThread;
      JsonNode status;
      try (StreamAppProcess app = start()) {
        line = measured(app, records);
        cpuByThread = app.usage().cpuSecondsByThread();
        status = app.status().orElseThrow();
      }
      // Its end commits what was settled last: with a long commit interval that is not yet
      // readable.
      return new Result(line, cpuByThread, counts(status, kafka), store.bytes());
    }
  }

  /** Nothing is left of the run before, on the broker or on disk. */
  TopicStore fresh(Admin admin) {
    var store = new TopicStore(admin);
    store.delete(List.of("clickstream.", APPLICATION), RAW);
    emptyFolder();
    return store;
  }

  public Path folder() {
    return folder;
  }

  public StreamAppProcess start() {
    return StreamAppProcess.start(flags(), settings(), folder.resolve("stream-app.log"));
  }

  private RunLine measured(StreamAppProcess app, long records) throws InterruptedException {
    double brokerBefore = broker.cpuSeconds();
    // As the peers count: from the moment the job is handed over, the start of the JVM left out.
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
    figures.put("seconds", rounded(seconds, 2));
    figures.put("events_per_s", rounded(records / seconds, 0));
    figures.put("cpu_s", rounded(cpu, 1));
    figures.put("events_per_cpu_s", rounded(records / cpu, 0));
    figures.put("maxrss_mb", Long.toString(usage.peakMegabytes()));
    figures.put("process_cpu_s", rounded(processCpu, 1));
    figures.put("broker_cpu_s", rounded(brokerCpu, 1));
    figures.put("opts", opts());
    figures.put("java", System.getProperty("java.version"));
    return new RunLine(RunPlan.WEIR, "sessions", figures);
  }

  private Map<String, Long> counts(JsonNode status, KafkaConnection kafka) {
    FinalSessions found = FinalSessions.of(kafka, "clickstream.sessions");
    var counts = new TreeMap<String, Long>();
    counts.put("sessions", found.sessions());
    counts.put("valid_distinct", found.events());
    counts.put("revenue_cents", found.revenueCents());
    counts.put("duplicates", status.path("duplicate").asLong());
    counts.put("malformed", status.path("rejected").asLong());
    return counts;
  }

  static String rounded(double value, int places) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }

  private List<String> flags() {
    var flags = new ArrayList<>(Program.FLAGS);
    // As much as the other engines' script gives them; most of it for what soon is garbage.
    flags.addAll(List.of("-Xmx4g", "-Xmn2500m"));
    flags.addAll(options.flags());
    options
        .recording()
        .ifPresent(file ->
            flags.add(
                "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file));
    return flags;
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", options.bootstrapServers());
    settings.put("WEIR_TOPIC_PREFIX", "clickstream");
    settings.put("WEIR_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    settings.put(
        "WEIR_STREAM_APPLICATION_ID", APPLICATION + Long.toString(System.currentTimeMillis(), 36));
    settings.put("WEIR_STREAM_STATE_DIR", folder.resolve("state").toString());
    settings.put("WEIR_STREAM_GEO_FILE", "demo");
    settings.put("WEIR_STREAM_CACHE_MEMORY", "256mb");
    settings.put(
        "WEIR_STREAM_EVENT_TYPES",
        "page_view,product_view,search,add_to_cart,remove_from_cart,checkout,purchase,"
            + "ad_impression,ad_click");
    settings.put("WEIR_STREAM_MAX_EVENT_AGE", "36500d");
    // The topic ends with events two days ahead. They are keyed for another partition, and reach
    // it while it still has older ones to read.
    settings.put("WEIR_STREAM_ALLOWED_LATENESS", "3d");
    settings.keySet().removeAll(given(OURS).keySet());
    return settings;
  }

  /** Settings that the user gave, to try them. */
  public static Map<String, String> given(String prefix) {
    var given = new TreeMap<String, String>();
    System.getenv()
        .forEach((name, value) -> {
          if (name.startsWith(prefix)) {
            given.put(name, value);
          }
        });
    return given;
  }

  public String opts() {
    return Stream.concat(
            options.flags().stream(),
            given(OURS).entrySet().stream()
                .map(setting -> setting.getKey() + ":" + setting.getValue()))
        .map(option -> option.replace(' ', '_'))
        .collect(Collectors.joining(","));
  }

  private void emptyFolder() {
    BenchPlatform.delete(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
