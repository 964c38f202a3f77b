package io.weir.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.scoring.registry.StarterModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringConfigTest {
  @Test
  void nothingSet_hasDefaults() {
    ScoringConfig config = ScoringConfig.from(Settings.of(Map.of()));

    assertThat(config.reasons()).isEqualTo(5);
    assertThat(config.listen().host()).isEqualTo("127.0.0.1");
    assertThat(config.listen().port()).isEqualTo(8182);
    assertThat(config.applicationId()).isEqualTo("clickstream-scoring");
    assertThat(config.modelDir()).isEqualTo(Path.of(".weir/model"));
    assertThat(config.starterModel()).isEqualTo(StarterModel.NONE);
    assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.streams())
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("ensure.explicit.internal.resource.naming", true);
  }

  @Test
  void recordsReadAhead_fitTheHeapWhateverTheirSize() {
    assertThat(ScoringConfig.memory(256L << 20, 12))
        .containsEntry("max.poll.records", 128)
        .containsEntry("buffered.records.per.partition", 21);
    assertThat(ScoringConfig.memory(64L << 30, 12))
        .containsEntry("max.poll.records", 1_000)
        .containsEntry("buffered.records.per.partition", 1_000);
  }

  @Test
  void everySetting_isUsed() {
    ScoringConfig config =
        ScoringConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_SCORING_HOST", "127.0.0.2",
                    "WEIR_SCORING_PORT", "1",
                    "WEIR_SCORING_MODEL_DIR", "/m",
                    "WEIR_SCORING_STARTER_MODEL", "demo",
                    "WEIR_SCORING_MODEL_CHECK_INTERVAL", "9s",
                    "WEIR_SCORING_THREADS", "3",
                    "WEIR_SCORING_STATE_DIR", "/s",
                    "WEIR_SCORING_COMMIT_INTERVAL", "1s",
                    "WEIR_TOPIC_PREFIX", "shop",
                    "WEIR_KAFKA_BOOTSTRAP_SERVERS", "kafka:1")));

    assertThat(config.listen().host()).isEqualTo("127.0.0.2");
    assertThat(config.listen().port()).isEqualTo(1);
    assertThat(config.modelDir()).isEqualTo(Path.of("/m"));
    assertThat(config.starterModel()).isEqualTo(StarterModel.DEMO);
    assertThat(config.modelCheckInterval()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.streams())
        .containsEntry("application.id", "shop-scoring")
        .containsEntry("bootstrap.servers", "kafka:1")
        .containsEntry("num.stream.threads", 3)
        .containsEntry("state.dir", "/s")
        .containsEntry("commit.interval.ms", 1000L);
  }

  @Test
  void changelogOfTheClickStream_isCompactedWithinADay() {
    assertThat(ScoringConfig.from(Settings.of(Map.of())).sideStreams("clicks"))
        .containsEntry("application.id", "clickstream-scoring-clicks")
        .containsEntry("topic.max.compaction.lag.ms", 86_400_000L);
  }

  @Test
  void reasons_canBeLeftOut() {
    assertThat(ScoringConfig.from(Settings.of(Map.of("WEIR_SCORING_REASONS", "0"))).reasons())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "WEIR_SCORING_REASONS, -1, WEIR_SCORING_REASONS",
    "WEIR_SCORING_PROT, 8182, WEIR_SCORING_PROT is not a setting",
    "WEIR_SCORING_PORT, x, WEIR_SCORING_PORT=x is not a whole number",
    "WEIR_SCORING_THREADS, 0, WEIR_SCORING_THREADS=0",
    "WEIR_SCORING_STARTER_MODEL, shop, WEIR_SCORING_STARTER_MODEL=shop is not a starter model",
    "WEIR_SCORING_COMMIT_INTERVAL, 0ms, WEIR_SCORING_COMMIT_INTERVAL",
    "WEIR_SCORING_COMMIT_INTERVAL, 1h, WEIR_SCORING_COMMIT_INTERVAL",
    "WEIR_SCORING_MODEL_CHECK_INTERVAL, 0s, WEIR_SCORING_MODEL_CHECK_INTERVAL"
  })
  void badSetting_isNamed(String name, String value, String message) {
    assertThatThrownBy(() -> ScoringConfig.from(Settings.of(Map.of(name, value))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://weir:secret@my_host:5000",
        "http://weir:sec ret@host",
        "http://weir:secret[@host",
        "ftp://weir:secret@host",
        "http:secret"
      })
  void badAddressOfMlflow_isNamedWithoutItsPassword(String url) {
    assertThatThrownBy(
            () -> ScoringConfig.from(Settings.of(Map.of("WEIR_SCORING_MLFLOW_URL", url))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SCORING_MLFLOW_URL")
        .hasMessageNotContaining("sec")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weir:8180", "ftp://weir", "http://weir:secret@host:8180", "http://"})
  void badAddressOfStreamApp_isNamed(String url) {
    assertThatThrownBy(
            () -> ScoringConfig.from(Settings.of(Map.of("WEIR_SCORING_STREAM_URL", url))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SCORING_STREAM_URL is not an address")
        .hasMessageNotContaining("secret");
  }
}
