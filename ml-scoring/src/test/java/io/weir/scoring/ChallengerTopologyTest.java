package io.weir.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.model.feature.FeatureSchema;
import io.weir.process.Settings;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LastModel;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChallengerTopologyTest {
  @TempDir Path folder = Path.of("");

  private final AtomicInteger scored = new AtomicInteger();

  @Test
  void challenger_scoresWhileItHasTheAlias_andUntilItsStreamStops() throws IOException {
    var clock = new ManualClock(Instant.EPOCH);
    TestModels.saveVersion(
        folder, "one", TestModels.turnedStump(FeatureSchema.FEATURE_SET_VERSION, 0.7310586));
    TestModels.promote(folder, "one");
    var champion = new DirectoryRegistry(folder, clock, () -> {}, Optional.empty());
    champion.refresh();
    TestModels.saveVersion(
        folder, "two", TestModels.turnedStump(FeatureSchema.FEATURE_SET_VERSION, 0.7310586));
    Files.writeString(folder.resolve("challenger"), "two\n");
    var challenger =
        new DirectoryRegistry(ModelSlot.challenger(ModelKind.CONVERSION, folder), clock, () -> {});
    challenger.refresh();
    ScoringConfig config =
        ScoringConfig.from(
            Settings.of(Map.of("WEIR_SCORING_STATE_DIR", folder.resolve("state").toString())));
    Properties properties = config.sideStreams("challenger");
    var topology =
        ScoringTopology.ofChallenger(
                config.topics(),
                new SessionScorer(new LastModel(challenger), clock, 0),
                scored::incrementAndGet)
            .build(properties);
    try (var driver = new TopologyTestDriver(topology, properties)) {
      var in =
          driver.createInputTopic(
              "clickstream.sessions", new ByteArraySerializer(), new ByteArraySerializer());
      var out =
          driver.createOutputTopic(
              "clickstream.challenger-scores",
              new StringDeserializer(),
              AvroSerde.score().deserializer());
      in.pipeInput("v".getBytes(UTF_8), "junk".getBytes(UTF_8));
      in.pipeInput("v".getBytes(UTF_8), session(2));
      Score score = out.readValue();
      assertThat(score.getSessionKey()).isEqualTo("v-2");
      assertThat(score.getModelVersion()).isEqualTo("two");
      assertThat(champion.current().orElseThrow().version()).isEqualTo("one");

      Files.writeString(folder.resolve("challenger"), "three\n");
      challenger.refresh();
      in.pipeInput("v".getBytes(UTF_8), session(3));
      assertThat(out.readValue().getModelVersion()).isEqualTo("two");
      assertThat(challenger.problem().orElse("")).contains("there is no");

      Files.delete(folder.resolve("challenger"));
      challenger.refresh();
      in.pipeInput("v".getBytes(UTF_8), session(4));
      // Until its stream has stopped: a session that passes now would never get a score.
      assertThat(out.readValue().getModelVersion()).isEqualTo("two");
      assertThat(challenger.problem()).isEmpty();
      assertThat(scored).hasValue(3);
    }
  }

  private static byte[] session(int number) {
    return Objects.requireNonNull(
        AvroSerde.session().serialize("sessions", TestSessions.session("v", number).build()));
  }
}
