package io.weir.scoring.ops;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.streams.StreamRunner;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.StarterModel;
import io.weir.testkit.FreePort;
import io.weir.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringHealthTest {
  @TempDir Path folder = Path.of("");

  private volatile Map<String, String> others = Map.of();

  @Test
  void warnings_nameTheModelFolderAndTheFollower() throws Exception {
    var registry =
        new DirectoryRegistry(
            folder,
            new ManualClock(Instant.EPOCH),
            () -> {},
            StarterModel.DEMO.load(Instant.EPOCH));
    var kafka =
        KafkaConnection.from(
            Settings.of(Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + FreePort.next())));
    try (var stream =
            new StreamRunner(ScoringHealthTest::noClient, "", LEAVE_GROUP, Duration.ZERO);
        var broker = new BrokerCheck(kafka, kafka.admin())) {
      var health = new ScoringHealth(registry, stream, broker, () -> others);
      assertThat(health.warnings()).isEmpty();
      others = Map.of("mlflow", "version 2 cannot be used");
      assertThat(health.warnings())
          .containsExactly(Map.entry("mlflow", "version 2 cannot be used"));
      Files.writeString(folder.resolve("model.json"), "{");
      registry.refresh();
      assertThat(health.warnings()).containsOnlyKeys("model", "mlflow");
      assertThat(health.warnings().get("model"))
          .contains("model.json cannot be used")
          .endsWith("; starter-demo-4 stays in use");
      assertThat(health.checks()).containsEntry("model", "ok");
    }
  }

  private static KafkaStreams noClient() {
    throw new IllegalStateException("nothing starts here");
  }
}
