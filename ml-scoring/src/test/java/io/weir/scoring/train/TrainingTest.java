package io.weir.scoring.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.StartupException;
import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.fixture.PlantedSessions;
import io.weir.scoring.model.ModelAttributes;
import io.weir.scoring.model.ModelFile;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir Path folder = Path.of("");

  @Test
  void run_leavesModelAndCardOfOneVersion() throws Exception {
    ModelCard card = training().run(sessions(1_500), folder.resolve("out"));

    ModelFile model = ModelFile.parse(Files.readAllBytes(folder.resolve("out/model.json")));
    JsonNode stored = new ObjectMapper().readTree(folder.resolve("out/card.json").toFile());
    assertThat(card.version()).matches("20260304T050607Z-[0-9a-f]{8}");
    assertThat(model.attributes()).containsEntry(ModelAttributes.VERSION, card.version());
    assertThat(model.features()).isEqualTo(FeatureSchema.current().names());
    assertThat(stored.path("version").asText()).isEqualTo(card.version());
    assertThat(stored.path("trained_at").asText()).isEqualTo("2026-03-04T05:06:07Z");
    assertThat(stored.path("rows").path("all").asInt()).isEqualTo(1_500);
    assertThat(stored.path("metrics").path("auc").asDouble()).isGreaterThan(0.8);
    assertThat(stored.path("importance").path("add_to_carts").asDouble()).isGreaterThan(0.3);
  }

  @Test
  void run_leavesNothingElse() throws IOException {
    training().run(sessions(500), folder.resolve("out"));

    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.json", "card.json");
    }
  }

  @Test
  void refusedRun_leavesTheOldModel() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("model.json"), "old");

    assertThatThrownBy(() -> training().run(sessions(10), out))
        .isInstanceOf(StartupException.class);
    assertThat(out.resolve("model.json")).hasContent("old");
  }

  @Test
  void folderThatIsAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> training().run(sessions(500), file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--out " + file + " cannot be written");
  }

  @Test
  void badSetting_namesItsOption() {
    assertThatThrownBy(() -> TrainingSettings.defaults().withSize(0, 4))
        .isInstanceOf(StartupException.class)
        .hasMessage("--trees is 0; it must be from 1 to 10000");
  }

  private static Training training() {
    return new Training(
        "conversion", TrainingSettings.defaults().withSize(20, 3), new ManualClock(NOW));
  }

  private Path sessions(int count) {
    Path file = folder.resolve("sessions.avro");
    PlantedSessions.write(file, PlantedSessions.planted(count, new Random(3)));
    return file;
  }
}
