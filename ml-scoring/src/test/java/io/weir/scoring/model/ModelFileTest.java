package io.weir.scoring.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.scoring.fixture.TestModels;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
  @Test
  void modelOfXgboost_scoresAsXgboostDoes() throws Exception {
    Trees ensemble = ModelFile.parse(resource("/xgboost/model.json")).ensemble();
    List<String> lines = new String(resource("/xgboost/expected.csv"), UTF_8).lines().toList();

    assertThat(lines).hasSize(60);
    assertThat(lines).allSatisfy(line -> assertScored(ensemble, line));
  }

  private static void assertScored(Trees ensemble, String line) {
    String[] cells = line.split(",", -1);
    var vector = new float[cells.length - 1];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = cells[i].isEmpty() ? Float.NaN : Float.parseFloat(cells[i]);
    }
    float expected = Float.parseFloat(cells[vector.length]);
    assertThat(ensemble.score(vector)).isCloseTo(expected, within(1e-6f));
  }

  @Test
  void names_comeFromTheFile() throws ModelFormatException {
    ModelFile file = ModelFile.parse(bytes(TestModels.stump(stumpNames(), -1, 1)));

    assertThat(file.features()).isEqualTo(stumpNames());
  }

  private static List<String> stumpNames() {
    return List.of("a", "b", "c", "d", "e", "f", "g", "h");
  }

  /**
   * A good file with one text replaced: the columns are the old text, the new text and the expected
   * message.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "binary:logistic | reg:squarederror | objective.name: is \"reg:squarederror\"",
        "gbtree | dart | gradient_booster.name: is \"dart\"",
        "\"num_class\":\"0\" | \"num_class\":\"3\" | num_class",
        "5E-1 | half | base_score: \"half\" is not a number",
        "5E-1 | 1.5 | base_score: 1.5",
        "learner_model_param | other | learner_model_param: missing",
        "\"default_left\":[1,0,0] | \"default_left\":[1,0] | tree 0, default_left: node 2",
        "\"split_conditions\":[1.0 | \"split_conditions\":[\"x\" | split_conditions: node 0",
        "\"split_conditions\":[1.0 | \"split_conditions\":[1e999 | tree 0, node 0: its value is not",
        "\"left_children\":[1 | \"left_children\":[1.5 | left_children: node 0: 1.5",
        "\"left_children\":[1 | \"categories_nodes\":[0],\"left_children\":[1 | categorical splits",
        "{\"learner\" | {\"learner\" \"x\" | not JSON: line 1",
        "{\"learner\" | [\"learner\" | not JSON",
      })
  void damagedFile_saysWhereAndWhy(String good, String bad, String message) {
    String damaged = TestModels.stump(-1, 1).replace(good, bad);

    assertThatThrownBy(() -> ModelFile.parse(bytes(damaged)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void binaryFormat_saysHowToSave() {
    assertThatThrownBy(() -> ModelFile.parse(bytes("{L\0\0learner")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("ends with .json");
  }

  @Test
  void emptyFile_isRefused() {
    assertThatThrownBy(() -> ModelFile.parse(new byte[0]))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("not a JSON object");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stored = ModelFileTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stored).readAllBytes();
    }
  }
}
