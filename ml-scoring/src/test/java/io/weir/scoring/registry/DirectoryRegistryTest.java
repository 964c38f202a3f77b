package io.weir.scoring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRegistryTest {
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
  void card_ofTheSameVersionComesAlong() {
    TestModels.saveCard(folder, "{\"version\": \"one\"}");
    TestModels.save(folder, named("one"));
    registry.refresh();

    assertThat(registry.current().flatMap(LoadedModel::card)).hasValue("{\"version\":\"one\"}");
  }

  @Test
  void card_ofAnotherVersionIsNone() {
    TestModels.saveCard(folder, "{\"version\": \"two\"}");
    TestModels.save(folder, named("one"));
    registry.refresh();

    assertThat(registry.current().flatMap(LoadedModel::card)).isEmpty();
  }

  private DirectoryRegistry registry() {
    var clock = new ManualClock(Instant.EPOCH);
    return new DirectoryRegistry(folder, clock, failures::incrementAndGet);
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
