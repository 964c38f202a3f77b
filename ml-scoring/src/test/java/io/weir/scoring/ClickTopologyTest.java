package io.weir.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.process.Settings;
import io.weir.process.trace.Tracing;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickTopologyTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final double LOW = 1 / (1 + Math.exp(1));
  private static final double HIGH = 1 / (1 + Math.exp(-1));

  @TempDir Path folder = Path.of("");

  private final ScoringMetrics metrics = new ScoringMetrics();
  private DirectoryRegistry registry;
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> events;
  private TestInputTopic<String, byte[]> identities;
  private TestOutputTopic<String, ClickScore> scores;

  @BeforeEach
  void start() {
    promote("first", TestModels.clickStump(-1, 1));
    var slot = ModelSlot.champion(ModelKind.CLICK, folder);
    registry = new DirectoryRegistry(slot, new ManualClock(NOW), () -> {});
    registry.refresh();
    ScoringConfig config =
        ScoringConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_SCORING_STATE_DIR",
                    folder.resolve("state").toString(),
                    "WEIR_SCORING_CLICK_VISITORS",
                    "1200")));
    Properties properties = config.sideStreams("clicks");
    var scorer = new ImpressionScorer(registry, new ManualClock(NOW));
    driver =
        new TopologyTestDriver(
            new ClickTopology(
                    config.topics(), config.clickVisitors(), scorer, metrics, Tracing.off())
                .build(properties),
            properties);
    events = input("clickstream.events");
    identities = input("clickstream.identities");
    scores =
        driver.createOutputTopic(
            "clickstream.click-scores",
            new StringDeserializer(),
            AvroSerde.clickScore().deserializer());
  }

  private void promote(String version, Map<String, String> files) {
    TestModels.saveVersion(folder, version, files);
    TestModels.promote(folder, version);
  }

  private TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void impression_givesItsScoreUnderTheVisitor() {
    send("i1", e -> e.setEventType("ad_impression").setAdId("good").setUrlPath("/p"));
    send("i2", e -> e.setEventType("ad_impression").setAdId("unknown"));
    send("c1", e -> e.setEventType("ad_click").setAdId("good"));
    send("p1", e -> e.setEventType("page_view"));

    var found = scores.readKeyValuesToList();

    assertThat(found).extracting(each -> each.key).containsExactly("v", "v");
    ClickScore score = found.getFirst().value;
    assertThat(score.getClickScore()).isCloseTo(HIGH, within(1e-6));
    assertThat(found.getLast().value.getClickScore()).isCloseTo(LOW, within(1e-6));
    assertThat(score.getEventId()).isEqualTo("i1");
    assertThat(score.getVisitorId()).isEqualTo("v");
    assertThat(score.getEventTime()).isEqualTo(TestRecords.NOON);
    assertThat(score.getAdId()).isEqualTo("good");
    assertThat(score.getUrlPath()).isEqualTo("/p");
    assertThat(score.getModelName()).isEqualTo("p_click");
    assertThat(score.getModelVersion()).isEqualTo("first");
    assertThat(score.getScoredAt()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void botsAndUnreadableRecords_areCountedAndStopNothing() {
    events.pipeInput("v", "junk".getBytes(UTF_8));
    events.pipeInput("v", null);
    send("b1", e -> e.setEventType("ad_impression").setIsBot(true));
    send("b2", e -> e.setEventType("page_view").setIsBot(true));
    send("i1", e -> e.setEventType("ad_impression"));

    assertThat(scores.readValuesToList()).extracting(ClickScore::getEventId).containsExactly("i1");
    assertThat(metrics.scrape(registry, List.of()))
        .contains("weir_scoring_impressions_total{result=\"unreadable\"} 2.0")
        .contains("weir_scoring_impressions_total{result=\"bot\"} 1.0")
        .contains("weir_scoring_impressions_total{result=\"scored\"} 1.0")
        .contains("weir_scoring_model_info{name=\"p_click\",version=\"first\"} 1");
  }

  @Test
  void newModel_scoresWithThePastThatIsThere_andAForgottenVisitorHasNone() {
    for (int number = 0; number < 4; number++) {
      send("p" + number, e -> e.setEventType("page_view"));
    }
    promote("second", TestModels.clickStumpOfEvents(-1, 1));
    registry.refresh();
    // Four events before it: the impression itself does not count.
    send("i0", e -> e.setEventType("ad_impression"));
    send("i1", e -> e.setEventType("ad_impression"));
    identities.pipeInput("v", new byte[] {1});
    send("i2", e -> e.setEventType("ad_impression"));
    identities.pipeInput("v", null);
    send("i3", e -> e.setEventType("ad_impression"));

    List<ClickScore> found = scores.readValuesToList();

    assertThat(found)
        .extracting(each -> each.getClickScore() > 0.5)
        .containsExactly(false, true, true, false);
    assertThat(found.getLast().getModelVersion()).isEqualTo("second");
  }

  @Test
  void visitorsBeyondTheLimit_areForgotten_theOldestFirst() {
    promote("second", TestModels.clickStumpOfEvents(-1, 1));
    registry.refresh();
    for (int number = 0; number < 5; number++) {
      send("p" + number, e -> e.setEventType("page_view"));
    }
    for (int other = 0; other < 1_000; other++) {
      String visitor = "o" + other;
      send("e" + other, e -> e.setVisitorId(visitor));
    }
    send("i1", e -> e.setEventType("ad_impression"));

    assertThat(scores.readValue().getClickScore()).isCloseTo(LOW, within(1e-6));
  }

  @Test
  void modelOfOtherFeatures_isRefused_andTheOldOneScores() {
    Map<String, String> other = TestModels.clickStump(-1, 1);
    other.put("features.json", "{\"feature_set_version\":1}");
    promote("other", other);
    registry.refresh();
    send("i1", e -> e.setEventType("ad_impression"));

    assertThat(scores.readValue().getModelVersion()).isEqualTo("first");
    assertThat(registry.problem().orElse(""))
        .contains("feature set version 1, this service computes");
  }

  @Test
  void modelWithoutItsRates_isRefused() {
    Map<String, String> other = TestModels.clickStump(-1, 1);
    other.remove("rates.json");
    promote("other", other);
    registry.refresh();

    assertThat(registry.problem().orElse("")).contains("there is no rates.json");
    assertThat(registry.current().orElseThrow().version()).isEqualTo("first");
  }

  private void send(String id, Consumer<EnrichedEvent.Builder> change) {
    EnrichedEvent event =
        TestRecords.event(
            id,
            each -> {
              each.setVisitorId("v");
              change.accept(each);
            });
    events.pipeInput(event.getVisitorId(), bytes(event));
  }

  private static byte[] bytes(@Nullable EnrichedEvent event) {
    return Objects.requireNonNull(AvroSerde.enrichedEvent().serialize("events", event));
  }
}
