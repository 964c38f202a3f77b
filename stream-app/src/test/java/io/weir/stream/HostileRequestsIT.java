package io.weir.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.RealBroker;
import io.weir.testkit.TestEvents;
import io.weir.testkit.hostile.HostileRequests;
import io.weir.testkit.hostile.HostileRequests.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running service between requests of strangers and of thieves: none of them is a defect, none
 * leaves a trace of a person or a key, and whoever asks properly gets answers meanwhile. The long
 * form runs with {@code WEIR_NIGHTLY=true}.
 */
@Tag("alone")
class HostileRequestsIT {
  private static final boolean IS_NIGHTLY = "true".equals(System.getenv("WEIR_NIGHTLY"));
  private static final int REQUESTS = IS_NIGHTLY ? 10_000 : 400;
  private static final int STRANGERS = 8;
  private static final int SLOW = 50;
  private static final Duration MOST = Duration.ofMillis(500);
  private static final String READER = "canary-key-of-a-reader";
  private static final String OPERATOR = "key-of-an-operator";

  private static final String EMAIL = "canary.person@example.org";
  private static final String ADDRESS = "203.0.113.77";
  private static final String TOKEN = "canary-token-4711";

  private static final List<String> PATHS =
      List.of(
          "/",
          "/page/js/main.js",
          "/openapi.yaml",
          "/health",
          "/ready",
          "/metrics",
          "/sign-in",
          "/sign-out",
          "/v1/status",
          "/v1/rules",
          "/v1/sessions/recent",
          "/v1/sessions/open",
          "/v1/sessions/0a-1",
          "/v1/visitors/a",
          "/v1/visitors/a/sessions",
          "/v1/counts",
          "/v1/quality",
          "/v1/live",
          "/v1/metrics",
          "/v1/metrics/sessions",
          "/v1/metrics/revenue",
          "/v1/cells/sessions",
          "/v1/reports",
          "/v1/topology",
          "/v1/lag");

  @TempDir private Path folder;
  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private RealBroker broker;
  private Instance instance;

  @BeforeEach
  void startAll() throws Exception {
    broker = RealBroker.start(folder.resolve("kafka"));
    String keys = "ann:reader:" + hash(READER) + ",bob:operator:" + hash(OPERATOR);
    instance =
        Instance.start(
            folder.resolve("stream"),
            Map.of(
                "WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "WEIR_TOPIC_PARTITIONS", "1",
                "WEIR_HTTP_KEYS", keys,
                "WEIR_HTTP_RATE", "0",
                "WEIR_HTTP_REQUEST_TIMEOUT", "500ms"));
    for (int i = 0; i < 600 && !instance.isReady(); i++) {
      Thread.sleep(100);
    }
  }

  @AfterEach
  void stopAll() {
    instance.close();
    broker.close();
  }

  private static String hash(String key) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
  }

  @Test
  void hostileRequests_areNoDefects_andTellNothing() throws Exception {
    plant();
    var isOver = new AtomicBoolean();
    var times = new ArrayList<Long>();
    List<Socket> slow = slowRequests();
    Thread asker = Thread.ofPlatform().start(() -> ask(isOver, times));

    List<String> errors = attack();

    isOver.set(true);
    asker.join();
    tell(times);
    assertThat(statuses).containsKeys(200, 400, 401, 403, 404, 405, 413);
    assertThat(errors)
        .hasSizeGreaterThan(REQUESTS / 2)
        .allSatisfy(HostileRequestsIT::holdsNoSecret);
    assertEnded(slow);
    assertThat(instance.isAlive()).isTrue();
    holdsNoSecret(Files.readString(folder.resolve("stream").resolve("log")));
    holdsNoSecret(get("/metrics", OPERATOR).body());
    assertThat(get("/v1/status", READER).statusCode()).isEqualTo(200);
  }

  /** A click of a person who left more than a name in the address, and a record that is none. */
  private void plant() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    var bytes = new ByteArraySerializer();
    byte[] key = EMAIL.getBytes(UTF_8);
    byte[] view = TestEvents.rawView(EMAIL, "event-1", Instant.now());
    String bad =
        "{\"email\":\"%s\",\"ip\":\"%s\",\"token\":\"%s\"".formatted(EMAIL, ADDRESS, TOKEN);
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.send(new ProducerRecord<>("clickstream.raw", key, view)).get();
      producer.send(new ProducerRecord<>("clickstream.raw", key, bad.getBytes(UTF_8))).get();
    }
    for (int i = 0; i < 300 && get("/v1/status", READER).body().contains("\"rejected\":0"); i++) {
      Thread.sleep(100);
    }
  }

  /** Returns the answers that are errors; half of the requests show a key. */
  private List<String> attack() throws Exception {
    var hostile = new HostileRequests(67, PATHS);
    var errors = new ConcurrentLinkedQueue<String>();
    var running = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newFixedThreadPool(STRANGERS)) {
      for (int i = 0; i < REQUESTS; i++) {
        byte[] request = withCanaries(hostile.next(), i % 2 == 0);
        running.add(threads.submit(() -> errors.addAll(errorsOf(request))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    return List.copyOf(errors);
  }

  private static byte[] withCanaries(byte[] request, boolean hasKey) {
    String text = new String(request, ISO_8859_1);
    int end = text.indexOf("\r\n");
    if (end <= 0) {
      return request;
    }
    String canaries =
        "\r\nX-Forwarded-For: " + ADDRESS + "\r\nX-Token: " + TOKEN + "\r\nFrom: " + EMAIL;
    String key = hasKey ? "\r\nAuthorization: Bearer " + READER : "";
    return (text.substring(0, end) + canaries + key + text.substring(end)).getBytes(ISO_8859_1);
  }

  private List<String> errorsOf(byte[] request) throws IOException {
    Optional<Answer> answer = HostileRequests.send(port(), request);
    statuses.merge(answer.map(Answer::status).orElse(0), 1, Integer::sum);
    answer.ifPresent(given ->
        assertThat(given.status() < 500 || isMissingPostgres(given))
            .as("%s\n---\n%s", new String(request, ISO_8859_1), given.text())
            .isTrue());
    return answer.filter(given -> given.status() >= 400).map(Answer::text).stream().toList();
  }

  private int port() {
    return instance.uri("/").getPort();
  }

  /** Some questions need a PostgreSQL, which this service has not. */
  private static boolean isMissingPostgres(Answer answer) {
    return answer.status() == 503 && answer.text().contains("PostgreSQL");
  }

  private static void holdsNoSecret(String text) {
    assertThat(text)
        .doesNotContain(EMAIL, ADDRESS, TOKEN, READER, OPERATOR)
        .doesNotContain("\tat io.", "java.lang.", "io.netty.handler");
  }

  private List<Socket> slowRequests() throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < SLOW; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port());
      socket.getOutputStream().write("GET /v1/status HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
      sockets.add(socket);
    }
    return sockets;
  }

  private static void assertEnded(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      try (socket) {
        socket.setSoTimeout(5_000);
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      }
    }
  }

  private void ask(AtomicBoolean isOver, List<Long> times) {
    while (!isOver.get()) {
      long begin = System.nanoTime();
      if (get("/v1/metrics/sessions?grain=total", READER).statusCode() == 200) {
        times.add(System.nanoTime() - begin);
      }
    }
  }

  private void tell(List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    assertThat(sorted).isNotEmpty();
    long p99 = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / 1_000_000;
    System.out.printf(
        "valid answers beside %,d hostile requests (%s): %,d, p99 %d ms%n",
        REQUESTS, statuses, sorted.size(), p99);
    if (IS_NIGHTLY) {
      assertThat(Duration.ofMillis(p99)).isLessThan(MOST);
    }
  }

  private HttpResponse<String> get(String path, String key) {
    try {
      return http.send(
          HttpRequest.newBuilder(instance.uri(path))
              .header("Authorization", "Bearer " + key)
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
