package io.weir.local.endtoend;

import static io.weir.contract.AvroSerde.session;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.Session;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.watch.LakeQueries;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.testkit.TestSessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Trains the return model from the lake of a running platform: ml-scoring takes it, its scores come
 * to gold and REST, and {@code drift} finds them good.
 */
final class ReturnsCheck {
  private static final long SETTLING_NANOS = ofMinutes(2).toNanos();
  private static final int VISITORS = 1_000;
  private static final int DAYS = 35;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Platform platform;
  private final Catalogue catalogue;
  private final long known;

  /** A check of a platform that has so many sessions, all of the last days. */
  ReturnsCheck(Platform platform, long known) {
    this.platform = platform;
    this.catalogue = platform.catalogue();
    this.known = known;
  }

  /** Whether this machine can train. */
  static boolean isPossible() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders.anyMatch(place -> Files.exists(place.resolve("libgomp.so.1")));
    }
  }

  void check() throws Exception {
    long begun = System.nanoTime();
    List<Session> sessions = planted(new Random(1));
    send(sessions);
    long all = known + sessions.size();
    await(() -> rowsInTheLake("sessions") == all);
    run("sessions", "--model=p_return_7d", "--threads=1", "--depth=3", "--out=");
    Path models = catalogue.home().model().resolve("p_return_7d");
    String version = Files.readString(models.resolve("champion")).strip();
    try (Connection gold = DriverManager.getConnection(catalogue.postgresUrl(), "weir", "")) {
      await(() -> count(gold, "gold.session_return_scores") == all);
      assertThat(row(gold, "SELECT DISTINCT model_version FROM gold.session_return_scores"))
          .containsExactly(version);
      restAnswersAsGold(gold, sessions.getFirst());
      visitorHasItsScore(gold);
      // The lake has its own time, and drift reads the lake.
      await(() -> rowsInTheLake("return_scores") == all);
      run("drift", "--from=30d", "--models=");
      requireWatch(gold, version);
    }
    System.out.printf("return scores checked in %.1f s%n", (System.nanoTime() - begun) / 1e9);
  }

  private long rowsInTheLake(String table) throws Exception {
    return new LakeQueries(catalogue).number("SELECT count(*) FROM silver." + table).orElse(0);
  }

  /** Sessions of the weeks before the others; those of many page views are mostly followed. */
  private static List<Session> planted(Random random) {
    long first = Instant.now().minus(45, ChronoUnit.DAYS).toEpochMilli();
    long day = Duration.ofDays(1).toMillis();
    var sessions = new ArrayList<Session>();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      long start = first + random.nextLong(DAYS * day);
      for (int number = 1; start < first + DAYS * day; number++) {
        boolean isEager = random.nextInt(3) == 0;
        sessions.add(planted("returning-" + visitor, number, start, isEager ? 9 : 2));
        if (random.nextDouble() >= (isEager ? 0.8 : 0.1)) {
          break;
        }
        start += day + random.nextLong(5 * day);
      }
    }
    return sessions;
  }

  private static Session planted(String visitor, int number, long start, int pageViews) {
    return TestSessions.session(visitor, number)
        .setStartTime(start)
        .setEndTime(start + 60_000)
        .setEvents(pageViews)
        .setPageViews(pageViews)
        .build();
  }

  private void send(List<Session> sessions) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", catalogue.bootstrapServers(), "linger.ms", "20");
    String topic = TopicSettings.topics(Settings.of(catalogue.clientSettings())).sessions().name();
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), session().serializer())) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (Session each : sessions) {
        sent.add(producer.send(new ProducerRecord<>(topic, each.getVisitorId(), each)));
      }
      for (Future<RecordMetadata> each : sent) {
        var _ = each.get();
      }
    }
  }

  /** Runs a command of ml-training; the last option gets the folder of models. */
  private void run(String... arguments) throws InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.add(all.removeLast() + catalogue.home().model());
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    platform.run(program.spec(all, catalogue.clientSettings()), ofMinutes(3));
  }

  private void restAnswersAsGold(Connection gold, Session session)
      throws IOException, InterruptedException, SQLException {
    String body =
        """
        {"closed_sessions": [{"end_time": "%s", "duration_ms": %d, "events": %d, "page_views": %d,
          "visitor_session_number": 1}]}
        """
            .formatted(
                Instant.ofEpochMilli(session.getEndTime()),
                session.getDurationMs(),
                session.getEvents(),
                session.getPageViews());
    JsonNode answer =
        ask(
            request(Service.SCORING, "/v1/score")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    String stored =
        row(
                gold,
                "SELECT return_score FROM gold.session_return_scores WHERE session_key = '%s'"
                    .formatted(session.getSessionKey()))
            .getFirst();

    assertThat(answer.at("/scores/0/return_score").doubleValue())
        .as(answer.toString())
        .isCloseTo(Double.parseDouble(stored), within(1e-9));
  }

  /** The newest session of all is one of the simulated shop, which stream-app knows. */
  private void visitorHasItsScore(Connection gold) throws Exception {
    List<String> newest =
        row(
            gold,
            "SELECT visitor_id, session_key, return_score FROM gold.session_return_scores"
                + " WHERE visitor_id NOT LIKE 'returning-%' AND visitor_id NOT LIKE 'weir-closing-%'"
                + " ORDER BY session_start DESC LIMIT 1");
    await(() -> {
      JsonNode score =
          ask(request(Service.STREAM, "/v1/visitors/" + newest.getFirst())).path("returnScore");
      return score.path("sessionKey").asText().equals(newest.get(1))
          && Math.abs(score.path("probability").asDouble() - Double.parseDouble(newest.getLast()))
              < 1e-9;
    });
  }

  private static void requireWatch(Connection gold, String version) throws SQLException {
    List<String> watch =
        row(
            gold,
            "SELECT model_name, model_version, sessions, outcomes, calibration_error, log_loss,"
                + " constant_log_loss, auc FROM gold.model_watches WHERE subject = 'returns'");

    assertThat(watch.subList(0, 2)).containsExactly("p_return_7d", version);
    assertThat(Long.parseLong(watch.get(2))).isGreaterThan(1_000);
    assertThat(Long.parseLong(watch.get(3))).isBetween(500L, 3L * VISITORS);
    assertThat(Double.parseDouble(watch.get(4))).isLessThan(0.1);
    assertThat(Double.parseDouble(watch.get(5))).isLessThan(0.9 * Double.parseDouble(watch.get(6)));
    assertThat(Double.parseDouble(watch.get(7))).isGreaterThan(0.75);
    assertThat(
            row(
                gold,
                "SELECT count(*) > 30 FROM gold.model_drift JOIN gold.model_watches USING (watch_id)"
                    + " WHERE subject = 'returns'"))
        .containsExactly("t");
  }

  private HttpRequest.Builder request(Service service, String path) {
    return HttpRequest.newBuilder(URI.create(catalogue.address(service) + path));
  }

  private static JsonNode ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }
  }

  private static long count(Connection gold, String table) throws SQLException {
    return Long.parseLong(row(gold, "SELECT count(*) FROM " + table).getFirst());
  }

  /** The columns of the only row. */
  private static List<String> row(Connection gold, String sql) throws SQLException {
    try (Statement statement = gold.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).as(sql).isTrue();
      var columns = new ArrayList<String>();
      for (int at = 1; at <= row.getMetaData().getColumnCount(); at++) {
        columns.add(String.valueOf(row.getString(at)));
      }
      assertThat(row.next()).as(sql).isFalse();
      return columns;
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + SETTLING_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("it does not come").isLessThan(deadline);
      LockSupport.parkNanos(200_000_000);
    }
  }
}
