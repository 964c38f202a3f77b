package io.weir.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.scoring.fixture.PlantedSessions;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.FreePort;
import io.weir.testkit.RealBroker;
import io.weir.testkit.ServiceUnderTest;
import io.weir.testkit.ServiceUnderTest.Launch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process with a real broker: it waits for a model, scores, is killed and continues. */
@Timeout(180)
class ScoringIT {
  private static final int SESSIONS = 20_000;

  @TempDir Path folder = Path.of("");

  @Test
  void killInTheMiddle_losesNothingAndRepeatsNothing() throws Exception {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"));
        var scores = scores(broker)) {
      var counts = new HashMap<String, Integer>();
      List<Session> sessions = PlantedSessions.planted(SESSIONS, new Random(1));
      try (ServiceUnderTest first = start(broker)) {
        await(() -> first.status("/health") == 200);
        produce(broker, sessions.subList(0, SESSIONS / 2));
        TestModels.save(folder.resolve("model"), TestModels.stump(-1, 1));
        await(() -> poll(scores, counts) > 100);
        first.kill();
        produce(broker, sessions.subList(SESSIONS / 2, SESSIONS));
      }
      try (ServiceUnderTest second = start(broker)) {
        await(() -> poll(scores, counts) >= SESSIONS && second.status("/ready") == 200);
        assertThat(second.get("/metrics").body())
            .contains("weir_scoring_lag 0.0")
            .contains("weir_scoring_model_info{name=\"conversion\",version=\"sha256-");
      }
      assertThat(counts).hasSize(SESSIONS);
      assertThat(counts.values()).containsOnly(1);
      assertThat(poll(scores, counts)).isEqualTo(SESSIONS);
    }
  }

  @Test
  void noModel_isWaitedFor() throws Exception {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"));
        ServiceUnderTest service = start(broker)) {
      await(() -> service.status("/ready") == 503);
      HttpResponse<String> waiting = service.get("/ready");

      assertThat(waiting.body()).contains("\"status\":\"DOWN\"").contains("waits for a model");
      assertThat(service.output()).contains("WEIR_SCORING_MODEL_DIR").contains("weir train");
      assertThat(service.get("/v1/model").statusCode()).isEqualTo(503);
      assertThat(service.post("/v1/score", "{}").statusCode()).isEqualTo(503);

      TestModels.save(folder.resolve("model"), TestModels.stump(-1, 1));
      await(() -> service.status("/ready") == 200);
      assertServes(service);

      TestModels.save(folder.resolve("model"), "{");
      await(() -> service.get("/ready").body().contains("model.json cannot be used"));
      assertThat(service.get("/ready").statusCode()).isEqualTo(200);
      assertThat(service.get("/metrics").body())
          .contains("weir_scoring_model_reload_failures_total 1.0");
    }
  }

  @Test
  void starterModel_isServedAtOnce_andATrainedOneTakesOver() throws Exception {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"));
        ServiceUnderTest service = startWithStarterModel(broker)) {
      await(() -> service.status("/ready") == 200);
      assertThat(service.get("/v1/model").body()).contains("\"auc\":0.8");

      TestModels.save(folder.resolve("model"), TestModels.stump(-1, 1));
      await(() -> service.get("/v1/model").body().contains("\"trees\":1,"));
      assertServes(service);
    }
  }

  private static void assertServes(ServiceUnderTest service) throws Exception {
    assertThat(service.get("/v1/model").body()).contains("\"trees\":1,", "\"name\":\"events\"");
    assertThat(service.post("/v1/score", "{\"add_to_carts\":2}").body())
        .contains(
            "\"conversion_score\":0.73105",
            "\"feature\":\"add_to_carts\",\"value\":\"2\"",
            "\"model_version\":\"sha256-");
    HttpResponse<String> refused = service.post("/v1/score", "{\"purchases\":2}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.body()).contains("\\\"purchases\\\" is no feature", "\"status\":400");
    assertThat(service.get("/openapi.yaml").body()).startsWith("openapi: 3");
    assertThat(service.get("/metrics").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain");
  }

  @Test
  void unreachableBroker_isOneLineAndExitsWithTwo() throws Exception {
    try (ServiceUnderTest service = start("127.0.0.1:" + FreePort.next())) {
      assertThat(service.awaitExit()).isEqualTo(2);
      assertThat(service.output().lines())
          .hasSize(1)
          .first()
          .asString()
          .contains("no Kafka broker answers", "WEIR_KAFKA_BOOTSTRAP_SERVERS");
    }
  }

  @Test
  void portInUse_isOneLineAndExitsWithTwo() throws Exception {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"));
        ServiceUnderTest service = start(broker.bootstrapServers(), port(broker))) {
      assertThat(service.awaitExit()).isEqualTo(2);
      assertThat(service.output()).contains("WEIR_SCORING_PORT").doesNotContain("\tat ");
    }
  }

  private static int port(RealBroker broker) {
    String servers = broker.bootstrapServers();
    return Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
  }

  private ServiceUnderTest start(RealBroker broker) {
    return start(broker.bootstrapServers());
  }

  private ServiceUnderTest start(String servers) {
    return start(servers, FreePort.next());
  }

  private ServiceUnderTest start(String servers, int port) {
    return start(port, settings(servers));
  }

  private ServiceUnderTest startWithStarterModel(RealBroker broker) {
    Map<String, String> settings = settings(broker.bootstrapServers());
    settings.put("WEIR_SCORING_STARTER_MODEL", "demo");
    return start(FreePort.next(), settings);
  }

  private ServiceUnderTest start(int port, Map<String, String> settings) {
    settings.put("WEIR_SCORING_PORT", Integer.toString(port));
    Path log = folder.resolve("service.log");
    var launch = new Launch("io.weir.scoring.Main", "256m", settings, List.of(), log);
    return ServiceUnderTest.start(launch, port);
  }

  private Map<String, String> settings(String servers) {
    return new HashMap<>(
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            servers,
            "WEIR_KAFKA_CLIENT_SESSION_TIMEOUT_MS",
            "6000",
            "WEIR_TOPIC_PARTITIONS",
            "3",
            "WEIR_SCORING_MODEL_DIR",
            folder.resolve("model").toString(),
            "WEIR_SCORING_MODEL_CHECK_INTERVAL",
            "200ms",
            "WEIR_SCORING_STATE_DIR",
            folder.resolve("state").toString()));
  }

  private static void produce(RealBroker broker, List<Session> sessions) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), AvroSerde.session().serializer())) {
      for (Session session : sessions) {
        var _ =
            producer.send(
                new ProducerRecord<>("clickstream.sessions", session.getVisitorId(), session));
      }
    }
  }

  private static KafkaConsumer<String, Score> scores(RealBroker broker) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "test",
            "auto.offset.reset", "earliest",
            "metadata.max.age.ms", "500",
            "isolation.level", "read_committed");
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), AvroSerde.score().deserializer());
    consumer.subscribe(List.of("clickstream.scores"));
    return consumer;
  }

  /** Counts the scores that were committed since the last call; returns their number. */
  private static int poll(KafkaConsumer<String, Score> scores, Map<String, Integer> counts) {
    for (var score : scores.poll(Duration.ofMillis(200))) {
      counts.merge(score.value().getSessionKey(), 1, Integer::sum);
    }
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Waits for the condition; the test's time limit ends the wait. */
  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      LockSupport.parkNanos(20_000_000);
    }
  }
}
