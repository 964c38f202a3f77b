package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LoadedModel;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.drift.TrainedModel;
import io.weir.training.session.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the starter model, as a version of a folder. */
class ModelFolderTest {
  private static final ModelVersion STARTER = new ModelVersion("conversion", "starter-demo-4");
  private static final ModelVersion VERSION = new ModelVersion("conversion", "v1");

  @TempDir private Path folder = Path.of("");

  private ModelFolder models() {
    return new ModelFolder(folder, Clock.systemUTC());
  }

  private static byte[] starter(String name) throws IOException {
    try (InputStream in = LoadedModel.class.getResourceAsStream("/scoring/starter/demo/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void write(String... names) throws IOException {
    write(folder.resolve("versions/v1"), names);
  }

  private static void write(Path place, String... names) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, starter(name));
    }
    ArtifactFolder.prepare(place);
    ArtifactFolder.write(place, files);
  }

  @Test
  void starter_isKnownWithoutAFile() {
    TrainedModel trained = models().trained(STARTER);

    assertThat(models().load("starter-demo-4")).isPresent();
    // A score of the starter model of an earlier program is not explained with this one.
    assertThat(models().load("starter-demo")).isEmpty();
    assertThat(trained.remark()).isNull();
    assertThat(trained.trainedAt()).isEqualTo(Instant.parse("2026-11-30T18:32:19Z"));
    assertThat(Objects.requireNonNull(trained.snapshot()).columns()).hasSizeGreaterThan(20);
  }

  @Test
  void version_isReadWithItsSnapshot() throws IOException {
    write(
        "model.json",
        "calibration.json",
        "features.json",
        "rates.json",
        "report.json",
        "snapshot.json");

    assertThat(models().load("v1").orElseThrow().version()).isNotEmpty();
    assertThat(models().trained(VERSION).snapshot())
        .isEqualTo(models().trained(STARTER).snapshot());
    assertThat(models().trained(VERSION).logLoss()).isBetween(0.05, 0.2);
  }

  @Test
  void folderThatIsAModelItself_isReadWithItsSnapshot() throws IOException {
    Path itself = Files.createDirectories(folder.resolve("itself"));
    write(itself, "model.json", "calibration.json", "features.json", "rates.json", "snapshot.json");
    var registry = new DirectoryRegistry(itself, Clock.systemUTC(), () -> {}, Optional.empty());
    registry.refresh();
    String version = registry.current().orElseThrow().version();
    var models = new ModelFolder(itself, Clock.systemUTC());

    assertThat(models.load(version)).isPresent();
    assertThat(models.trained(new ModelVersion("conversion", version)).snapshot()).isNotNull();
    assertThat(models.trained(VERSION).snapshot()).isNull();
  }

  @Test
  void versionWithoutSnapshot_isLoaded_andSaysSo() throws IOException {
    write("model.json", "calibration.json", "features.json", "rates.json");

    assertThat(models().load("v1")).isPresent();
    TrainedModel trained = models().trained(VERSION);
    assertThat(trained.snapshot()).isNull();
    assertThat(trained.trainedAt()).isNull();
    assertThat(trained.remark()).isEqualTo("it has no snapshot.json");
  }

  @Test
  void changedSnapshot_isNotUsed() throws IOException {
    write("model.json", "calibration.json", "features.json", "rates.json", "snapshot.json");
    Files.writeString(folder.resolve("versions/v1/snapshot.json"), "{}");

    TrainedModel trained = models().trained(VERSION);

    assertThat(trained.snapshot()).isNull();
    assertThat(trained.remark()).contains("not the file that its checksum is of");
  }

  @Test
  void versionThatIsGone_orLeadsElsewhere_isNotThere() throws IOException {
    Files.createDirectories(folder.resolve("versions"));
    for (String name : new String[] {"v1", "../versions", "..", "", "a/b"}) {
      assertThat(models().load(name)).as(name).isEmpty();
      assertThat(models().trained(new ModelVersion("conversion", name)).remark())
          .isEqualTo("the folder of models has no such version");
    }
  }

  @Test
  void damagedModel_isRefusedWithTheReason() throws IOException {
    write("model.json", "calibration.json", "features.json", "rates.json");
    Files.writeString(folder.resolve("versions/v1/model.json"), "{}");

    assertThatThrownBy(() -> models().load("v1"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("model.json is not the file that SHA256SUMS has");
  }
}
