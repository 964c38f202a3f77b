package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.AvroSerde;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.testkit.FreePort;
import io.weir.testkit.RealBroker;
import io.weir.testkit.TestEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with a real broker: exactly once across a restart, and answers over REST. */
class StreamAppIT {
  private static final int PARTITIONS = 3;
  private static final int VISITORS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = FreePort.next();
  private final Instant start = Instant.now().minus(Duration.ofHours(5));

  @TempDir private Path folder;
  private RealBroker broker;
  private StreamService service;

  @BeforeEach
  void startAll() {
    broker = RealBroker.start(folder.resolve("kafka"));
    service = startService();
  }

  @AfterEach
  void stopAll() {
    service.close();
    broker.close();
  }

  private StreamService startService() {
    var settings =
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_TOPIC_PARTITIONS",
            "" + PARTITIONS,
            // Queries still take the original ids.
            "WEIR_STREAM_PSEUDONYM_KEY",
            "a secret of the test",
            "WEIR_STREAM_PORT",
            "" + port,
            "WEIR_STREAM_STATE_DIR",
            folder.resolve("state").toString());
    var started =
        new StreamFactory(StreamConfig.from(Settings.of(settings)), Clock.systemUTC()).create();
    started.start();
    return started;
  }

  @Test
  void clicks_becomeSessionsOnce_alsoAcrossARestart() throws Exception {
    click(0, start);
    await("/ready", status -> status.path("status").asText().equals("UP"));
    awaitOutcomes("accepted", VISITORS);

    service.close();
    service = startService();
    click(1, start.plusSeconds(60));
    String closingVisitor = closePartitions();
    awaitOutcomes("accepted", 2 * VISITORS + PARTITIONS);
    await("/v1/status", status -> status.path("settled").asBoolean());

    Map<String, Session> sessions = readSessions(VISITORS);
    assertThat(sessions.values()).allSatisfy(s -> assertThat(s.getEvents()).isEqualTo(2));

    JsonNode visitor = get("/v1/visitors/visitor-7");
    assertThat(visitor.path("openSession").isNull()).isTrue();
    assertThat(visitor.path("recentSessions")).hasSize(1);
    assertThat(visitor.path("recentSessions").get(0).path("events").asInt()).isEqualTo(2);
    assertThat(visitor.path("recentSessions").get(0).path("state").asText()).isEqualTo("closed");
    assertThat(visitor.path("timeline")).hasSize(2);
    JsonNode closing = get("/v1/visitors/" + closingVisitor);
    assertThat(closing.path("openSession").path("state").asText()).isEqualTo("open");
    assertThat(status("/v1/visitors/nobody")).isEqualTo(404);
    // The id that answers have, by which nobody can tell the partition.
    String shown = visitor.path("recentSessions").get(0).path("visitorId").asText();
    JsonNode again = get("/v1/visitors/" + shown);
    assertThat(shown).matches("[0-9a-f]{64}");
    assertThat(again.path("visitorId").asText()).isEqualTo(shown);
    assertThat(again.path("recentSessions")).isEqualTo(visitor.path("recentSessions"));
    assertThat(again.path("timeline")).isEqualTo(visitor.path("timeline"));
    assertThat(status("/v1/visitors/" + "0".repeat(64))).isEqualTo(404);
    assertThat(text("/metrics")).contains("weir_events_accepted_total");
    assertThat(get("/v1/sessions/recent").path("sessions")).isNotEmpty();
  }

  @Test
  void recordsOfAnotherPartitionerAndWithoutKey_areRekeyedOnceAndComplete() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < VISITORS; i++) {
        String visitor = "visitor-" + i;
        byte[] key = visitor.getBytes(UTF_8);
        for (int round = 0; round < 3; round++) {
          byte[] value =
              TestEvents.rawView(visitor, "event-" + round + "-" + i, start.plusSeconds(round));
          ProducerRecord<byte[], byte[]> record =
              switch (round) {
                case 0 -> new ProducerRecord<>("clickstream.raw", librdkafka(key), key, value);
                case 1 -> new ProducerRecord<>("clickstream.raw", value);
                default -> new ProducerRecord<>("clickstream.raw", key, value);
              };
          producer.send(record).get();
        }
      }
    }
    // What was re-keyed must be back before later clicks move the watermarks on.
    awaitOutcomes("accepted", 3 * VISITORS);
    closePartitions();
    awaitOutcomes("accepted", 3 * VISITORS + PARTITIONS);
    await("/v1/status", status -> status.path("settled").asBoolean());

    Map<String, Session> sessions = readSessions(VISITORS);
    assertThat(sessions.values()).allSatisfy(s -> assertThat(s.getEvents()).isEqualTo(3));
    JsonNode quality = get("/v1/quality");
    assertThat(outcomes(quality, "received")).isEqualTo(3 * VISITORS + PARTITIONS);
    assertThat(outcomes(quality, "rekeyed")).isBetween((long) VISITORS, 2L * VISITORS);
    assertThat(outcomes(quality, "balance")).isZero();
  }

  /** The default partitioner of librdkafka, which kcat, Python and Go clients use: CRC-32. */
  private static int librdkafka(byte[] key) {
    var crc = new CRC32();
    crc.update(key);
    return (int) (crc.getValue() % PARTITIONS);
  }

  private void click(int round, Instant time) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < VISITORS; i++) {
        send(producer, "visitor-" + i, "event-" + round + "-" + i, time);
      }
    }
  }

  /** Sends an event of now to each partition, which moves all watermarks past the sessions. */
  private String closePartitions() throws ExecutionException, InterruptedException {
    var byPartition = new HashMap<Integer, String>();
    for (int i = 0; byPartition.size() < PARTITIONS; i++) {
      byPartition.putIfAbsent(VisitorPartition.of("closing-" + i, PARTITIONS), "closing-" + i);
    }
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      int sent = 0;
      for (String visitor : byPartition.values()) {
        send(producer, visitor, "closing-" + sent++, Instant.now());
      }
    }
    return byPartition.values().iterator().next();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String visitor, String id, Instant time)
      throws ExecutionException, InterruptedException {
    producer
        .send(
            new ProducerRecord<>(
                "clickstream.raw", visitor.getBytes(UTF_8), TestEvents.rawView(visitor, id, time)))
        .get();
  }

  private Map<String, Session> readSessions(int expected) {
    var sessions = new HashMap<String, Session>();
    int records = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new StringDeserializer(),
            AvroSerde.session().deserializer())) {
      consumer.subscribe(List.of("clickstream.sessions"));
      while (sessions.size() < expected && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, Session> found : consumer.poll(Duration.ofMillis(200))) {
          sessions.put(found.value().getSessionKey(), found.value());
          records++;
        }
      }
    }
    assertThat(sessions).hasSize(expected);
    assertThat(records).as("each session once").isEqualTo(expected);
    return sessions;
  }

  private interface Condition {
    boolean holds(JsonNode answer);
  }

  /**
   * Waits for as many records of an outcome. The counters of {@code /v1/status} would not do: a
   * record whose transaction was aborted, as on a busy machine, is in them twice.
   */
  private void awaitOutcomes(String outcome, long records)
      throws InterruptedException, IOException {
    await("/v1/quality", quality -> outcomes(quality, outcome) == records);
  }

  private static long outcomes(JsonNode quality, String outcome) {
    long sum = 0;
    for (JsonNode minute : quality.path("minutes")) {
      sum += minute.path(outcome).asLong();
    }
    return sum;
  }

  private void await(String path, Condition condition) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!condition.holds(last)) {
      assertThat(System.nanoTime()).as(path + " says " + last).isLessThan(deadline);
      LockSupport.parkNanos(100_000_000L);
      last = get(path);
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return json.readTree(text(path));
  }

  private String text(String path) throws IOException, InterruptedException {
    return send(path).body();
  }

  private int status(String path) throws IOException, InterruptedException {
    return send(path).statusCode();
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
