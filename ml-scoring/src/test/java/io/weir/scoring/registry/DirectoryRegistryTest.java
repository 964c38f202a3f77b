package io.weir.scoring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.FeatureVector;
import io.weir.model.mlflow.RegisteredModel;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.model.ModelFormatException;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryRegistryTest {
  private static final int CURRENT = FeatureSchema.FEATURE_SET_VERSION;

  /** Missing carts go left, to -1, which the calibration turns around. */
  private static final double TURNED = 0.73105858;

  @TempDir Path folder = Path.of("");

  private final AtomicInteger failures = new AtomicInteger();
  private DirectoryRegistry registry = registry();

  @BeforeEach
  void useFolder() {
    registry = registry();
  }

  @Test
  void emptyFolder_isAProblemNotAFailure() {
    registry.refresh();

    assertThat(registry.current()).isEmpty();
    assertThat(registry.problem()).hasValue("there is no " + folder.resolve("model.json"));
    assertThat(failures).hasValue(0);
  }

  @Test
  void model_isLoadedWhenItAppears() {
    registry.refresh();
    TestModels.save(folder, TestModels.stump(-1, 1));
    registry.refresh();

    assertThat(version()).startsWith("sha256-");
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void changedModel_takesOver() {
    TestModels.save(folder, named("one"));
    registry.refresh();
    TestModels.save(folder, named("second"));
    registry.refresh();

    assertThat(version()).isEqualTo("second");
  }

  @Test
  void brokenModel_leavesTheOldOne() {
    TestModels.save(folder, named("one"));
    registry.refresh();
    TestModels.save(folder, "{");
    registry.refresh();
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("model.json cannot be used: not JSON"));
    assertThat(failures).hasValue(1);
  }

  @Test
  void repairedModel_endsTheProblem() {
    TestModels.save(folder, "{");
    registry.refresh();
    TestModels.save(folder, named("repaired"));
    registry.refresh();

    assertThat(version()).isEqualTo("repaired");
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void unreadableModel_isTriedAgain() throws IOException {
    Files.createDirectories(folder.resolve("model.json"));
    registry.refresh();
    registry.refresh();
    assertThat(failures).hasValue(1);
    Files.delete(folder.resolve("model.json"));
    TestModels.save(folder, named("readable"));
    registry.refresh();

    assertThat(version()).isEqualTo("readable");
  }

  @Test
  void vanishedModel_staysInUse() {
    TestModels.save(folder, named("one"));
    registry.refresh();
    assertThat(folder.resolve("model.json").toFile().delete()).isTrue();
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem()).isPresent();
  }

  @Test
  void otherFeatures_areRefusedWithBothLists() {
    TestModels.save(
        folder, TestModels.stump(List.of("a", "b", "c", "d", "e", "f", "g", "h"), -1, 1));
    registry.refresh();

    assertThat(registry.current()).isEmpty();
    assertThat(registry.problem())
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .contains("the model has [a, b, c, d, e, f, g, h]")
                .contains("this service computes [events, duration_ms,"));
  }

  @Test
  void otherMeaningOfFeatures_isRefused() {
    TestModels.save(folder, withAttributes("\"weir_features\":\"0123\""));
    registry.refresh();

    assertThat(registry.current()).isEmpty();
    assertThat(registry.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("trained with features 0123"));
  }

  @Test
  void champion_isServedWithItsCalibrationAndReport() {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    TestModels.promote(folder, "one");
    registry.refresh();

    assertThat(registry.problem()).isEmpty();
    assertThat(version()).isEqualTo("one");
    float[] nothing = new FeatureVector().values();
    assertThat(registry.current().orElseThrow().model().score(nothing))
        .isCloseTo((float) TURNED, within(1e-6f));
    assertThat(registry.current().flatMap(LoadedModel::card)).hasValue("{\"name\":\"stump\"}");
  }

  @Test
  void championFile_movesTheModelForwardAndBack() {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    TestModels.saveVersion(folder, "two", TestModels.turnedStump(CURRENT, TURNED));
    TestModels.promote(folder, "one");
    registry.refresh();
    TestModels.promote(folder, "two");
    registry.refresh();
    assertThat(version()).isEqualTo("two");
    TestModels.promote(folder, "one");
    registry.refresh();
    assertThat(version()).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 0.73105858 | feature set version 3, this service computes 4; train it again",
        "4 | 0.26894142 | golden.json: row 0 scores 0.7310586 here, 0.2689414 when it was trained"
      })
  void championThatDoesNotFit_isRefused_andTheOldOneStays(
      int featureSetVersion, double golden, String why) {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    TestModels.promote(folder, "one");
    registry.refresh();
    TestModels.saveVersion(folder, "two", TestModels.turnedStump(featureSetVersion, golden));
    TestModels.promote(folder, "two");
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem().orElse("")).contains("two/model.json cannot be used", why);
    assertThat(failures).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.json", "calibration.json", "golden.json"})
  void fileThatIsCutShortOrMissing_isRefused(String name) throws IOException {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    Path file = folder.resolve("versions/one").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    TestModels.promote(folder, "one");
    registry.refresh();
    assertThat(registry.problem().orElse(""))
        .contains(name + " is not the file that SHA256SUMS has");
    Files.delete(file);
    registry.refresh();

    assertThat(registry.current()).isEmpty();
  }

  @Test
  void artifactWithoutChecksums_isNotComplete_untilTheyCome() throws IOException {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    Path sums = folder.resolve("versions/one/SHA256SUMS");
    byte[] content = Files.readAllBytes(sums);
    Files.delete(sums);
    TestModels.promote(folder, "one");
    registry.refresh();
    assertThat(registry.problem().orElse("")).contains("SHA256SUMS is missing");
    Files.write(sums, content);
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\":[{\"features\":FEATURES,\"probability\":0.5}]}",
        "{\"rows\":{\"one\":{\"features\":[],\"probability\":0.5}}}",
        "{\"rows\":7}",
        "7",
        ""
      })
  void goldenRowsOfAnotherForm_areRefused(String golden) {
    var features = new StringJoiner(",", "{", "}");
    FeatureSchema.current().names().forEach(name -> features.add('"' + name + "\":1"));
    Map<String, String> files = TestModels.turnedStump(CURRENT, TURNED);
    files.put("golden.json", golden.replace("FEATURES", features.toString()));
    TestModels.saveVersion(folder, "one", files);
    TestModels.promote(folder, "one");
    registry.refresh();

    assertThat(registry.current()).isEmpty();
    assertThat(registry.problem().orElse("")).contains("golden.json");
    assertThat(failures).hasValue(1);
  }

  @Test
  void unforeseenForm_isAProblem_insteadOfTheEnd() {
    ModelFiles broken =
        _ -> {
          throw new IllegalStateException("unforeseen");
        };
    var loader = new ModelLoader(ModelKind.CONVERSION);

    assertThatThrownBy(() -> loader.load(broken, Optional.empty(), "test", Instant.EPOCH))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("unforeseen");
  }

  @Test
  void fileThatIsTooLarge_isRefused_beforeItIsRead() throws IOException {
    TestModels.save(folder, named("one"));
    registry.refresh();
    try (var file = new RandomAccessFile(folder.resolve("model.json").toFile(), "rw")) {
      file.setLength(RegisteredModel.LARGEST_FILE + 1);
    }
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem().orElse("")).contains("is larger than 67108864 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"features.json", "calibration.json", "golden.json", "report.json"})
  void repairOfAnyFile_isNoticed(String name) throws IOException {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    Path file = folder.resolve("versions/one").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "broken");
    TestModels.promote(folder, "one");
    registry.refresh();
    assertThat(registry.current()).isEmpty();
    Files.write(file, whole);
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/b", "", ".."})
  void championThatIsNoName_isRefused(String name) {
    TestModels.promote(folder, name);
    registry.refresh();

    assertThat(registry.problem().orElse("")).contains("is no name of a version");
  }

  @Test
  void championThatIsNoName_isNoProblemAnyMore_whenTheOldNameIsBack() {
    TestModels.saveVersion(folder, "one", TestModels.turnedStump(CURRENT, TURNED));
    TestModels.promote(folder, "one");
    registry.refresh();
    TestModels.promote(folder, "../one");
    registry.refresh();
    registry.refresh();
    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem()).isPresent();
    assertThat(failures).hasValue(1);
    TestModels.promote(folder, "one");
    registry.refresh();

    assertThat(version()).isEqualTo("one");
    assertThat(registry.problem()).isEmpty();
  }

  @Test
  void starter_servesUntilTheFolderHasAModel() {
    LoadedModel starter = StarterModel.DEMO.load(Instant.EPOCH).orElseThrow();
    registry =
        new DirectoryRegistry(
            folder,
            new ManualClock(Instant.EPOCH),
            failures::incrementAndGet,
            Optional.of(starter));
    registry.refresh();
    assertThat(version()).isEqualTo("starter-demo-4");
    assertThat(registry.problem()).isEmpty();

    TestModels.save(folder, "{");
    registry.refresh();
    assertThat(version()).isEqualTo("starter-demo-4");
    assertThat(registry.problem()).isPresent();

    TestModels.save(folder, named("own"));
    registry.refresh();
    assertThat(version()).isEqualTo("own");
  }

  @Test
  void championOfOlderFeatures_leavesTheStarter() {
    LoadedModel starter = StarterModel.DEMO.load(Instant.EPOCH).orElseThrow();
    registry =
        new DirectoryRegistry(
            folder,
            new ManualClock(Instant.EPOCH),
            failures::incrementAndGet,
            Optional.of(starter));
    Map<String, String> files = TestModels.turnedStump(CURRENT - 1, TURNED);
    files.remove("rates.json");
    TestModels.saveVersion(folder, "old", files);
    TestModels.promote(folder, "old");
    registry.refresh();

    assertThat(version()).isEqualTo("starter-demo-4");
    assertThat(registry.problem().orElse(""))
        .contains("feature set version " + (CURRENT - 1))
        .contains("train it again");
    assertThat(failures).hasValue(1);
  }

  private DirectoryRegistry registry() {
    var clock = new ManualClock(Instant.EPOCH);
    return new DirectoryRegistry(folder, clock, failures::incrementAndGet, Optional.empty());
  }

  private String version() {
    return registry.current().map(LoadedModel::version).orElse("none");
  }

  private static String named(String version) {
    return withAttributes("\"weir_version\":\"" + version + "\"");
  }

  private static String withAttributes(String attributes) {
    return TestModels.stump(-1, 1)
        .replace("\"attributes\":{}", "\"attributes\":{" + attributes + "}");
  }
}
