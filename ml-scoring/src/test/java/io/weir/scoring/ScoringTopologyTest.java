package io.weir.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.trace.Tracing;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestSessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTopologyTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir Path folder = Path.of("");

  @Test
  void shape_isTheReviewedOne() throws IOException {
    try (InputStream reviewed = getClass().getResourceAsStream("/topology.txt")) {
      String expected = new String(Objects.requireNonNull(reviewed).readAllBytes(), UTF_8);

      assertThat(topology(new ScoringMetrics()).describe().toString().strip())
          .isEqualTo(expected.strip());
    }
  }

  @Test
  void session_givesItsScoreUnderTheVisitor() {
    Session session = TestSessions.session("v", 1).setRevision(3).build();

    List<KeyValue<String, Score>> scores = scores(new ScoringMetrics(), bytes(session));

    assertThat(scores).hasSize(1);
    assertThat(scores.getFirst().key).isEqualTo("v");
    Score score = scores.getFirst().value;
    assertThat(score.getConversionScore()).isCloseTo(1 / (1 + Math.exp(1)), within(1e-6));
    assertThat(score.getSessionKey()).isEqualTo("v-1");
    assertThat(score.getSessionRevision()).isEqualTo(3);
    assertThat(score.getVisitorId()).isEqualTo("v");
    assertThat(score.getSessionStart()).isEqualTo(TestSessions.START);
    assertThat(score.getScoredAt()).isEqualTo(NOW.toEpochMilli());
    assertThat(score.getModelName()).isEqualTo("conversion");
    assertThat(score.getModelVersion()).startsWith("sha256-");
    assertThat(score.getReasons())
        .singleElement()
        .satisfies(reason -> {
          assertThat(reason.getFeature()).isEqualTo("add_to_carts");
          assertThat(reason.getValue()).isEqualTo("0");
          // A quarter of the training rows has a cart: the expected margin is -0.5.
          assertThat(reason.getContribution()).isCloseTo(-0.5, within(1e-9));
        });
  }

  @Test
  void everyRevision_givesAScore() {
    byte[] first = bytes(TestSessions.session("v", 1).build());
    byte[] second =
        bytes(
            TestSessions.session("v", 1)
                .setRevision(1)
                .setFeatures(TestSessions.inputs().setAddToCarts(2).build())
                .build());

    List<KeyValue<String, Score>> scores = scores(new ScoringMetrics(), first, second);

    assertThat(scores).extracting(s -> s.value.getSessionRevision()).containsExactly(0, 1);
    assertThat(scores.get(1).value.getConversionScore())
        .isGreaterThan(scores.get(0).value.getConversionScore());
  }

  @Test
  void retractedSession_retractsItsScore() {
    Session session = TestSessions.session("v", 1).setRevision(1).setIsRetracted(true).build();

    Score score = scores(new ScoringMetrics(), bytes(session)).getFirst().value;

    assertThat(score.getIsRetracted()).isTrue();
    assertThat(score.getConversionScore()).isZero();
    assertThat(score.getReasons()).isEmpty();
  }

  @Test
  void unreadableRecord_isCountedAndStopsNothing() {
    var metrics = new ScoringMetrics();
    byte[] session = bytes(TestSessions.session("v", 1).build());

    List<KeyValue<String, Score>> scores = scores(metrics, "junk".getBytes(UTF_8), session);

    assertThat(scores).hasSize(1);
    assertThat(metrics.scrape(registry(), List.of()))
        .contains("weir_scoring_sessions_total{result=\"unreadable\"} 1.0")
        .contains("weir_scoring_sessions_total{result=\"scored\"} 1.0");
  }

  private List<KeyValue<String, Score>> scores(ScoringMetrics metrics, byte[]... records) {
    Properties properties = config().streams();
    try (var driver = new TopologyTestDriver(topology(metrics), properties)) {
      var in =
          driver.createInputTopic(
              "clickstream.sessions", new ByteArraySerializer(), new ByteArraySerializer());
      for (byte[] value : records) {
        in.pipeInput("v".getBytes(UTF_8), value);
      }
      return driver
          .createOutputTopic(
              "clickstream.scores", new StringDeserializer(), AvroSerde.score().deserializer())
          .readKeyValuesToList();
    }
  }

  private Topology topology(ScoringMetrics metrics) {
    var scorer = new SessionScorer(registry(), new ManualClock(NOW), 2);
    return ScoringTopology.ofChampion(config().topics(), scorer, metrics, Tracing.off())
        .build(config().streams());
  }

  private DirectoryRegistry registry() {
    TestModels.save(folder, TestModels.stump(-1, 1));
    var registry = new DirectoryRegistry(folder, new ManualClock(NOW), () -> {}, Optional.empty());
    registry.refresh();
    return registry;
  }

  private ScoringConfig config() {
    return ScoringConfig.from(
        Settings.of(Map.of("WEIR_SCORING_STATE_DIR", folder.resolve("state").toString())));
  }

  private static byte[] bytes(Session session) {
    return Objects.requireNonNull(AvroSerde.session().serialize("sessions", session));
  }
}
