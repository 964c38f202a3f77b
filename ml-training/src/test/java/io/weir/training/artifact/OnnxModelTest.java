package io.weir.training.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import io.weir.training.tree.BoostedTrees;
import io.weir.training.tree.TreeBoosting;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class OnnxModelTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "0.8, -0.3"})
  void onnxRuntime_answersLikeXgboost(double slope, double intercept) throws OrtException {
    var calibration = new PlattScaling(slope, intercept);
    var settings = new TreeSettings(new TreeShape(4, 0.3, 1, 1, 1, 1), 60, 60, 1, 1, Set.of());
    var boosting = new TreeBoosting(settings, (_, _, _) -> {});
    FeatureRows rows = rows(3, 20_000);
    try (BoostedTrees trees = boosting.train(rows(1, 3_000), rows(2, 1_000))) {
      byte[] model = trees.json(List.of("a", "b", "c"), Map.of());

      float[][] answers = answers(OnnxModel.of(model, calibration), rows.vectors());

      double[] expected = calibration.probabilities(trees.margins(rows));
      double largest = 0;
      for (int row = 0; row < expected.length; row++) {
        largest = Math.max(largest, Math.abs(expected[row] - answers[row][0]));
      }
      assertThat(largest).isLessThan(1e-6);
    }
  }

  @Test
  void varints_haveSevenBitsAByte() {
    assertThat(new ProtobufMessage().number(1, 300).toByteArray())
        .containsExactly(0x08, 0xAC, 0x02);
  }

  private static float[][] answers(byte[] onnx, float[][] vectors) throws OrtException {
    try (var environment = OrtEnvironment.getEnvironment();
        var session = environment.createSession(onnx);
        var input = OnnxTensor.createTensor(environment, vectors);
        var result = session.run(Map.of("features", input))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  private static FeatureRows rows(long seed, int size) {
    var random = new Random(seed);
    var vectors = new float[size][3];
    var outcomes = new boolean[size];
    for (int row = 0; row < size; row++) {
      double margin = -1;
      for (int at = 0; at < 3; at++) {
        // Whole numbers lie exactly on thresholds.
        float value = at == 1 ? random.nextInt(-2, 3) : (float) random.nextGaussian();
        margin += at * value;
        vectors[row][at] = random.nextInt(8) == 0 ? Float.NaN : value;
      }
      outcomes[row] = random.nextDouble() < 1 / (1 + Math.exp(-margin));
    }
    return new FeatureRows(vectors, outcomes);
  }
}
