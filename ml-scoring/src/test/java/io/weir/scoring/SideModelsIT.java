package io.weir.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.fixture.PlantedSessions;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.FreePort;
import io.weir.testkit.RealBroker;
import io.weir.testkit.ServiceUnderTest;
import io.weir.testkit.ServiceUnderTest.Launch;
import io.weir.testkit.TestRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process with a real broker: the models beside the champion are killed with it. */
@Timeout(180)
class SideModelsIT {
  private static final int CURRENT = FeatureSchema.FEATURE_SET_VERSION;
  private static final int VISITORS = 400;
  private static final int EVENTS = 40;
  private static final int SESSIONS = 2_000;

  @TempDir Path folder = Path.of("");

  @Test
  void killInTheMiddle_repeatsNoScore_andLosesNoPast() throws Exception {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"));
        var clicks = consumer(broker, "click-scores", AvroSerde.clickScore().deserializer());
        var shadow = consumer(broker, "challenger-scores", AvroSerde.score().deserializer());
        var back = consumer(broker, "return-scores", AvroSerde.returnScore().deserializer());
        var scores = consumer(broker, "scores", AvroSerde.score().deserializer())) {
      var clicked = new HashMap<String, List<ClickScore>>();
      var shadowed = new HashMap<String, List<Score>>();
      var returned = new HashMap<String, List<ReturnScore>>();
      var scored = new HashMap<String, List<Score>>();
      List<EnrichedEvent> events = events();
      List<Session> sessions = PlantedSessions.planted(SESSIONS, new Random(1));
      int half = events.size() / 2;
      TestModels.save(folder.resolve("model"), TestModels.stump(-1, 1));
      try (ServiceUnderTest first = start(broker)) {
        await(() -> first.status("/ready") == 200);
        send(broker, "events", events.subList(0, half), EnrichedEvent::getVisitorId, eventBytes());
        send(broker, "sessions", sessions, Session::getVisitorId, sessionBytes());
        await(() -> poll(scores, scored, Score::getSessionKey) == SESSIONS);
        assertThat(poll(clicks, clicked, ClickScore::getEventId)).isZero();
        assertThat(poll(shadow, shadowed, Score::getSessionKey)).isZero();
        assertThat(poll(back, returned, ReturnScore::getSessionKey)).isZero();
        promote();
        await(() -> poll(clicks, clicked, ClickScore::getEventId) > 100);
        first.kill();
        send(
            broker,
            "events",
            events.subList(half, events.size()),
            EnrichedEvent::getVisitorId,
            eventBytes());
      }
      try (ServiceUnderTest second = start(broker)) {
        await(() -> poll(clicks, clicked, ClickScore::getEventId) >= VISITORS * EVENTS / 2);
        await(() -> poll(shadow, shadowed, Score::getSessionKey) >= SESSIONS);
        await(() -> poll(back, returned, ReturnScore::getSessionKey) >= SESSIONS);
        assertThat(second.get("/ready").body()).doesNotContain("clicks", "challenger", "returns");
        assertThat(second.get("/metrics").body())
            .contains("weir_scoring_side_model_info{name=\"p_click\",version=\"c\"}")
            .contains("weir_scoring_side_ready{name=\"clicks\"} 1")
            .contains("weir_scoring_side_ready{name=\"challenger\"} 1")
            .contains("weir_scoring_side_ready{name=\"returns\"} 1");
        assertThat(poll(back, returned, ReturnScore::getSessionKey)).isEqualTo(SESSIONS);
        rest(broker, sessions, shadow, scores);
      }
      assertThat(poll(clicks, clicked, ClickScore::getEventId)).isEqualTo(VISITORS * EVENTS / 2);
      assertThat(clicked.values()).allMatch(each -> each.size() == 1);
      assertThat(poll(shadow, shadowed, Score::getSessionKey)).isEqualTo(SESSIONS);
      assertThat(shadowed.values()).allMatch(each -> each.size() == 1);
      assertThat(shadowed.values()).allMatch(each -> each.getFirst().getModelVersion().equals("s"));
      assertThat(returned.values()).allMatch(each -> each.size() == 1);
      assertThat(returned.values()).allMatch(each -> each.getFirst().getModelVersion().equals("r"));
      assertThat(poll(scores, scored, Score::getSessionKey)).isEqualTo(SESSIONS);
      // The model asks for more than four events before: the past must have survived the kill.
      clicked.forEach((id, score) -> {
        int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
        assertThat(score.getFirst().getClickScore() > 0.5).as(id).isEqualTo(number > 4);
      });
    }
  }

  /** Without a challenger its stream reads nothing: the next challenger scores what came then. */
  private void rest(
      RealBroker broker,
      List<Session> sessions,
      KafkaConsumer<String, Score> shadow,
      KafkaConsumer<String, Score> scores)
      throws Exception {
    Path models = folder.resolve("model");
    var again = new HashMap<String, List<Score>>();
    var later = new HashMap<String, List<Score>>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(changelogLag(admin)).isEqualTo("86400000");
      Files.delete(models.resolve("challenger"));
      await(() -> members(admin) == 0);
    }
    send(broker, "sessions", sessions, Session::getVisitorId, sessionBytes());
    await(() -> poll(scores, again, Score::getSessionKey) == SESSIONS);
    assertThat(poll(shadow, later, Score::getSessionKey)).isZero();
    TestModels.saveVersion(models, "t", TestModels.turnedStump(CURRENT, 0.7310586));
    Files.writeString(models.resolve("challenger"), "t\n");
    await(() -> poll(shadow, later, Score::getSessionKey) == SESSIONS);
    assertThat(later.values()).allMatch(each -> each.getFirst().getModelVersion().equals("t"));
  }

  private static int members(Admin admin) throws Exception {
    String group = "clickstream-scoring-challenger";
    var found = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    return Objects.requireNonNull(found).members().size();
  }

  private static String changelogLag(Admin admin) throws Exception {
    String topic = "clickstream-scoring-clicks-visitors-changelog";
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return Objects.requireNonNull(config).get("max.compaction.lag.ms").value();
  }

  private void promote() throws Exception {
    Path models = folder.resolve("model");
    TestModels.saveVersion(models.resolve("p_click"), "c", TestModels.clickStumpOfEvents(-1, 1));
    TestModels.promote(models.resolve("p_click"), "c");
    TestModels.saveVersion(models.resolve("p_return_7d"), "r", TestModels.returnStump(-1, 1));
    TestModels.promote(models.resolve("p_return_7d"), "r");
    TestModels.saveVersion(models, "s", TestModels.turnedStump(CURRENT, 0.7310586));
    Files.writeString(models.resolve("challenger"), "s\n");
  }

  /** Each visitor has one session, every second event of which is an impression. */
  private static List<EnrichedEvent> events() {
    var events = new ArrayList<EnrichedEvent>();
    for (int number = 0; number < EVENTS; number++) {
      for (int visitor = 0; visitor < VISITORS; visitor++) {
        String name = "v" + visitor;
        long time = TestRecords.NOON + number * 1_000L;
        String type = number % 2 == 0 ? "page_view" : "ad_impression";
        events.add(
            TestRecords.event(
                name + "-" + number,
                each -> each.setVisitorId(name).setEventTime(time).setEventType(type)));
      }
    }
    return events;
  }

  private ServiceUnderTest start(RealBroker broker) {
    int port = FreePort.next();
    Map<String, String> settings =
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_KAFKA_CLIENT_SESSION_TIMEOUT_MS",
            "6000",
            "WEIR_TOPIC_PARTITIONS",
            "3",
            "WEIR_SCORING_MODEL_DIR",
            folder.resolve("model").toString(),
            "WEIR_SCORING_MODEL_CHECK_INTERVAL",
            "200ms",
            "WEIR_SCORING_STATE_DIR",
            folder.resolve("state").toString(),
            "WEIR_SCORING_PORT",
            Integer.toString(port));
    Path log = folder.resolve("service.log");
    return ServiceUnderTest.start(
        new Launch("io.weir.scoring.Main", "256m", settings, List.of(), log), port);
  }

  private static Serializer<EnrichedEvent> eventBytes() {
    return AvroSerde.enrichedEvent().serializer();
  }

  private static Serializer<Session> sessionBytes() {
    return AvroSerde.session().serializer();
  }

  private static <T> void send(
      RealBroker broker,
      String topic,
      List<T> records,
      Function<T, String> visitor,
      Serializer<T> serializer) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
      for (T record : records) {
        var _ =
            producer.send(
                new ProducerRecord<>("clickstream." + topic, visitor.apply(record), record));
      }
    }
  }

  private static <T> KafkaConsumer<String, T> consumer(
      RealBroker broker, String topic, Deserializer<T> deserializer) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "test-" + topic,
            "auto.offset.reset", "earliest",
            "metadata.max.age.ms", "500",
            "isolation.level", "read_committed");
    var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), deserializer);
    consumer.subscribe(List.of("clickstream." + topic));
    return consumer;
  }

  /** Takes what was committed since the last call; returns the number of all. */
  private static <T> int poll(
      KafkaConsumer<String, T> consumer, Map<String, List<T>> found, Function<T, String> key) {
    for (var each : consumer.poll(Duration.ofMillis(200))) {
      found.computeIfAbsent(key.apply(each.value()), _ -> new ArrayList<>()).add(each.value());
    }
    return found.values().stream().mapToInt(List::size).sum();
  }

  /** Waits for the condition; the test's time limit ends the wait. */
  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      LockSupport.parkNanos(20_000_000);
    }
  }
}
