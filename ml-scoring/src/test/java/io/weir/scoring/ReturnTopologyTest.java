package io.weir.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.ScoreReason;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.processor.ReturnScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LastModel;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestSessions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReturnTopologyTest {
  private static final double LOW = 1 / (1 + Math.exp(1));
  private static final double HIGH = 1 / (1 + Math.exp(-1));

  @TempDir Path folder = Path.of("");

  private final ScoringMetrics metrics = new ScoringMetrics();
  private final AtomicInteger scored = new AtomicInteger();

  @Test
  void eachRevision_hasAScore_andARetractionRetractsIt() {
    var clock = new ManualClock(Instant.ofEpochMilli(5));
    TestModels.saveVersion(folder, "one", TestModels.returnStump(-1, 1));
    TestModels.promote(folder, "one");
    var returns =
        new DirectoryRegistry(ModelSlot.champion(ModelKind.RETURN, folder), clock, () -> {});
    returns.refresh();
    assertThat(returns.problem()).isEmpty();
    ScoringConfig config =
        ScoringConfig.from(
            Settings.of(Map.of("WEIR_SCORING_STATE_DIR", folder.resolve("state").toString())));
    Properties properties = config.sideStreams("returns");
    assertThat(properties).containsEntry("application.id", "clickstream-scoring-returns");
    var topology =
        ScoringTopology.ofReturns(
                config.topics(),
                new ReturnScorer(new LastModel(returns), clock, 2),
                score -> {
                  scored.incrementAndGet();
                  metrics.returnScored(score);
                })
            .build(properties);
    try (var driver = new TopologyTestDriver(topology, properties)) {
      var in =
          driver.createInputTopic(
              "clickstream.sessions", new ByteArraySerializer(), new ByteArraySerializer());
      var out =
          driver.createOutputTopic(
              "clickstream.return-scores",
              new StringDeserializer(),
              AvroSerde.returnScore().deserializer());
      Session closed = TestSessions.session("v", 1).build();
      in.pipeInput("v".getBytes(UTF_8), "junk".getBytes(UTF_8));
      in.pipeInput("v".getBytes(UTF_8), bytes(closed));
      in.pipeInput(
          "v".getBytes(UTF_8),
          bytes(Session.newBuilder(closed).setRevision(1).setPurchases(2).build()));
      in.pipeInput(
          "v".getBytes(UTF_8),
          bytes(Session.newBuilder(closed).setRevision(2).setIsRetracted(true).build()));

      List<ReturnScore> scores = out.readValuesToList();

      assertThat(scores).extracting(ReturnScore::getSessionRevision).containsExactly(0, 1, 2);
      assertThat(scores.get(0).getReturnScore()).isCloseTo(LOW, within(1e-6));
      assertThat(scores.get(1).getReturnScore()).isCloseTo(HIGH, within(1e-6));
      assertThat(scores.get(1).getReasons())
          .singleElement()
          .extracting(ScoreReason::getFeature, ScoreReason::getValue)
          .containsExactly("purchases", "2");
      assertThat(scores.get(1).getSessionEnd()).isEqualTo(closed.getEndTime());
      assertThat(scores.get(1).getModelVersion()).isEqualTo("one");
      assertThat(scores.get(1).getScoredAt()).isEqualTo(5);
      assertThat(scores.get(2).getIsRetracted()).isTrue();
      assertThat(scores.get(2).getReturnScore()).isZero();
      assertThat(scores.get(2).getReasons()).isEmpty();
      assertThat(scored).hasValue(3);
      // The third one is retracted.
      assertThat(metrics.scrape(returns, List.of()))
          .contains("weir_scoring_returns_total 3.0", "weir_scoring_return_score_count 2");
    }
  }

  private static byte[] bytes(Session session) {
    return Objects.requireNonNull(AvroSerde.session().serialize("sessions", session));
  }
}
