package io.weir.sink;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.rejected;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Score;
import io.weir.sink.loop.Until;
import io.weir.testkit.FreePort;
import io.weir.testkit.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the real service with the smallest promised heap. Each table gets more data than the budget
 * of all tables together.
 */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes two minutes: WEIR_NIGHTLY=true runs it")
@ExtendWith(Servers.class)
class SmallHeapIT {
  private static final int PARTITIONS = 12;
  private static final int ROUNDS = 5_000;
  private static final int TABLES = 8;
  private static final int DAYS = 10;
  private static final long DAY = 86_400_000L;
  private static final int BULK = 4_500;
  private static final long MEGABYTE = 1L << 20;
  private static final long HEAP = 512;
  private static final long BUDGET = 128;
  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final long BETWEEN_LOOKS_NANOS = 50_000_000;
  private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M");
  private static final String ROWS =
      "SELECT (SELECT count(DISTINCT (partition, \"offset\")) FROM bronze.raw_events) AS raw,"
          + " (SELECT count(*) FROM bronze.rejected) AS rejected,"
          + " (SELECT count(DISTINCT event_id) FROM silver.events) AS events,"
          + " (SELECT count(DISTINCT event_id) FROM silver.late) AS late,"
          + " (SELECT count(*) FROM silver.event_products) AS products,"
          + " (SELECT count(DISTINCT session_key) FROM silver.sessions) AS sessions,"
          + " (SELECT count(*) FROM silver.session_changes) AS changes,"
          + " (SELECT count(DISTINCT session_key) FROM silver.scores) AS scores";

  private static final int MOST = 1_000_000;
  private static final int SMALL = 1_000;
  private static final int LARGE = 600;
  private static final int HUGE = 60;
  private static final String LENGTHS =
      "SELECT max(octet_length(value)) AS longest,"
          + " count(*) FILTER (octet_length(value) = 10000000) AS \"all\" FROM bronze.raw_events";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(42);
  private String metrics = "";
  private double mostHeld;

  @Test
  void halfAGigabyte_isEnoughForTwelvePartitionsOfAllTables(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    lake.set("WEIR_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    lake.set("WEIR_SINK_ROLL_INTERVAL", INTERVAL.toString());
    lake.set("WEIR_SINK_BUFFER_SIZE", BUDGET + "mb");
    int port = FreePort.next();
    lake.set("WEIR_SINK_PORT", Integer.toString(port));
    lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    for (int i = 0; i < ROUNDS; i++) {
      produce(lake, topics, i);
    }
    lake.flush();

    Process service = start(lake, folder);
    try {
      URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
      long all = (long) TABLES * ROUNDS;
      Until.holds(() -> isAlive(service, folder) && look(address) && committed() == all);
      report(service, folder);
      assertThat(mostHeld / MEGABYTE).isGreaterThan(0.9 * BUDGET);
      assertThat(filesClosedEarly()).isGreaterThan(DAYS);
      assertThat(peak(folder, 1)).isBetween(1L, HEAP);
      assertThat(lake.sql(ROWS, "--json").strip()).isEqualTo(rows());
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  /**
   * Sends the largest legal records, and the largest that stream-app makes of them: together more
   * than the heap.
   */
  @Test
  void halfAGigabyte_isEnoughForTheLargestRecords(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    lake.set("WEIR_SINK_ROLL_INTERVAL", "5s");
    int port = FreePort.next();
    lake.set("WEIR_SINK_PORT", Integer.toString(port));
    lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    try (KafkaProducer<byte[], byte[]> stranger = compressing(lake)) {
      produceLarge(stranger, topics);
    }

    Process service = start(lake, folder);
    try {
      URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
      long all = 7L * LARGE + HUGE + SMALL;
      Until.holds(() -> isAlive(service, folder) && look(address) && committed() == all);
      Until.holds(() ->
          isAlive(service, folder)
              && look(address)
              && sum("weir_sink_rows_total", "gold.") == 2L * LARGE);
      report(service, folder);
      assertThat(peak(folder, 1)).isBetween(1L, HEAP);
      assertThat(lake.sql(ROWS, "--json").strip())
          .isEqualTo(
              ("{\"raw\":%d,\"rejected\":%d,\"events\":%d,\"late\":%d,\"products\":%d,"
                      + "\"sessions\":%d,\"changes\":%d,\"scores\":%d}")
                  .formatted(LARGE + HUGE + SMALL, LARGE, LARGE, 0, LARGE, LARGE, LARGE, LARGE));
      assertThat(lake.sql(LENGTHS, "--json").strip())
          .isEqualTo("{\"longest\":%d,\"all\":%d}".formatted(10 * MOST, HUGE));
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  /**
   * A compressing producer, as anybody may configure it. The broker sees only the compressed size.
   */
  private static KafkaProducer<byte[], byte[]> compressing(Lake lake) {
    Map<String, Object> properties = lake.kafka().properties();
    properties.put("compression.type", "zstd");
    properties.put("max.request.size", 20 << 20);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Produces many small records before the large ones, so that estimates of the next size are
   * wrong.
   */
  private static void produceLarge(KafkaProducer<byte[], byte[]> producer, Topics topics) {
    String text = "x".repeat(MOST);
    for (int i = 0; i < SMALL; i++) {
      send(producer, topics.raw(), i, ("small" + i).getBytes(UTF_8));
    }
    for (int i = 0; i < LARGE; i++) {
      String key = "s" + i;
      send(producer, topics.raw(), i, (i + text).getBytes(UTF_8));
      send(producer, topics.rejected(), i, bytes(rejected((i + text).getBytes(UTF_8))));
      send(
          producer,
          topics.events(),
          i,
          bytes(event("e" + i, each -> each.setUrl("/").setProducts(List.of(product(text))))));
      send(producer, topics.sessions(), i, bytes(session(key, 0, each -> each.setEntryPage(text))));
      send(
          producer,
          topics.scores(),
          i,
          bytes(Score.newBuilder(score(key, 0, 0.5)).setVisitorId(text).build()));
    }
    byte[] huge = text.repeat(10).getBytes(UTF_8);
    for (int i = 0; i < HUGE; i++) {
      send(producer, topics.raw(), i, huge);
    }
    producer.flush();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, Topic topic, int number, byte[] value) {
    var _ =
        producer.send(
            new ProducerRecord<>(topic.name(), number % 2, null, value),
            (_, failure) -> {
              if (failure != null) {
                throw new IllegalStateException(failure);
              }
            });
  }

  private static String rows() {
    return Stream.of(
            "raw", "rejected", "events", "late", "products", "sessions", "changes", "scores")
        .map(table -> "\"" + table + "\":" + ROUNDS)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void report(Process service, Path folder) throws IOException {
    System.out.printf(
        "-Xmx%dm, %,d records: buffers at most %.0f of %d MB,"
            + " %.0f files closed early, %d commits of sessions,"
            + " heap at most %d MB, after a collection %d MB, resident %s%n",
        HEAP,
        committed(),
        mostHeld / MEGABYTE,
        BUDGET,
        filesClosedEarly(),
        sessionCommits(),
        peak(folder, 1),
        peak(folder, 2),
        resident(service));
  }

  private long sessionCommits() {
    return (long) sum("weir_sink_commits_total", "silver.sessions");
  }

  /**
   * The files of events beyond one per day and commit. Only a full budget closes files so early.
   */
  private double filesClosedEarly() {
    return sum("weir_sink_files_total", "silver.events")
        + sum("weir_sink_files_total", "silver.late")
        - DAYS * sum("weir_sink_commits_total", "silver.events")
        - DAYS * sum("weir_sink_commits_total", "silver.late");
  }

  /** Produces texts that no codec can compress, so they stay large in memory. */
  private void produce(Lake lake, Topics topics, int number) {
    int partition = number % PARTITIONS;
    long time = NOON - number % DAYS * DAY;
    byte[] bulk = new byte[BULK];
    random.nextBytes(bulk);
    String text = Base64.getEncoder().encodeToString(bulk);
    byte[] event =
        bytes(
            event(
                "e" + number, each -> each.setEventTime(time).setProducts(List.of(product(text)))));
    String key = "s" + number;
    lake.sendSoon(topics.raw(), partition, event);
    lake.sendSoon(topics.events(), partition, event);
    lake.sendSoon(topics.late(), partition, event);
    lake.sendSoon(topics.rejected(), partition, bytes(rejected(bulk)));
    lake.sendSoon(
        topics.sessions(),
        partition,
        bytes(session(key, 0, each -> each.setStartTime(time).setEntryPage(text))));
    lake.sendSoon(topics.scores(), partition, bytes(score(key, 0, 0.5)));
  }

  private static Product product(String name) {
    return Product.newBuilder().setProductId("p").setName(name).build();
  }

  private static Process start(Lake lake, Path folder) throws IOException {
    List<String> flags =
        List.of("-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + folder.resolve("gc.log"));
    ProcessBuilder builder = TestJvm.builder(Main.class.getName(), HEAP + "m", flags, List.of());
    builder.environment().putAll(lake.environment());
    return builder.redirectOutput(folder.resolve("sink.log").toFile()).start();
  }

  private static boolean isAlive(Process service, Path folder) {
    if (service.isAlive()) {
      return true;
    }
    try {
      throw new AssertionError("it ended: " + Files.readString(folder.resolve("sink.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the service answers; sleeps between requests to leave the processors to the service.
   */
  private boolean look(URI address) {
    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    try {
      metrics = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      mostHeld = Math.max(mostHeld, sum("weir_sink_buffer_bytes", ""));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long committed() {
    return (long) (sum("weir_sink_rows_total", "bronze.") + sum("weir_sink_rows_total", "silver."));
  }

  /** The sum of a meter over all tables whose name begins with {@code table}. */
  private double sum(String meter, String table) {
    String start = table.isEmpty() ? meter + " " : meter + "{table=\"" + table;
    return metrics
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The most heap in megabytes: before collections (1), or after them (2). */
  private static long peak(Path folder, int when) throws IOException {
    return PAUSE
        .matcher(Files.readString(folder.resolve("gc.log")))
        .results()
        .mapToLong(pause -> Long.parseLong(pause.group(when)))
        .max()
        .orElse(0);
  }

  private static String resident(Process service) throws IOException {
    Path status = Path.of("/proc", Long.toString(service.pid()), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }
}
