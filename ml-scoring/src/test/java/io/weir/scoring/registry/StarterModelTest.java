package io.weir.scoring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterModelTest {
  private static final int LARGEST = 100_000;
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir Path folder = Path.of("");

  @Test
  void demoModel_isSmall_andFitsTheFeatures() throws Exception {
    byte[] model = StarterModel.DEMO.file("model.json");
    byte[] card = StarterModel.DEMO.file("card.json");

    LoadedModel loaded =
        new ModelLoader(FeatureSchema.current()).load(model, Optional.of(card), "jar", NOW);

    assertThat(model.length + card.length).isLessThanOrEqualTo(LARGEST);
    assertThat(loaded.card()).hasValueSatisfying(text -> assertThat(text).contains("\"auc\":0.8"));
  }

  @Test
  void emptyFolder_getsModelAndCard_andNothingElse() throws IOException {
    Path model = folder.resolve("new/model");

    boolean isPlaced = StarterModel.DEMO.placeInto(new ModelFolder(model));

    var registry = new DirectoryRegistry(model, new ManualClock(NOW), () -> {});
    registry.refresh();
    assertThat(isPlaced).isTrue();
    assertThat(registry.current().flatMap(LoadedModel::card)).isPresent();
    assertThat(names(model)).containsExactlyInAnyOrder("model.json", "card.json");
  }

  @Test
  void folderWithAModel_isLeftAlone() throws IOException {
    TestModels.save(folder, "{");

    boolean isPlaced = StarterModel.DEMO.placeInto(new ModelFolder(folder));

    assertThat(isPlaced).isFalse();
    assertThat(folder.resolve("model.json")).hasContent("{");
    assertThat(names(folder)).containsExactly("model.json");
  }

  @Test
  void cardWithoutModel_isReplaced() throws IOException {
    TestModels.saveCard(folder, "left over");

    assertThat(StarterModel.DEMO.placeInto(new ModelFolder(folder))).isTrue();
    assertThat(Files.readAllBytes(folder.resolve("card.json")))
        .isEqualTo(StarterModel.DEMO.file("card.json"));
  }

  @Test
  void none_placesNothing() throws IOException {
    Path model = folder.resolve("model");

    assertThat(StarterModel.NONE.placeInto(new ModelFolder(model))).isFalse();
    assertThat(model).doesNotExist();
  }

  @Test
  void folderThatIsAFile_fails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> StarterModel.DEMO.placeInto(new ModelFolder(file)))
        .isInstanceOf(IOException.class);
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
