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
  private static final TreeSettings SETTINGS =
      new TreeSettings(new TreeShape(4, 0.3, 1, 1, 1, 1), 60, 60, 1, 1, Set.of());

  @ParameterizedTest
  @CsvSource({"1, 0", "0.8, -0.3"})
  void onnxRuntime_answersLikeXgboost(double slope, double intercept) throws OrtException {
    var boosting = new TreeBoosting(SETTINGS, (_, _, _) -> {});
    try (BoostedTrees trees = boosting.train(rows(1, 3_000), rows(2, 1_000))) {
      assertSame(trees, new PlattScaling(slope, intercept), rows(3, 20_000));
    }
  }

  /** Rows of both kinds, and some that do not know theirs. */
  @Test
  void onnxRuntime_answersLikeXgboost_forJoinedTrees() throws OrtException {
    var calibration = new PlattScaling(0.9, 0.2);
    var boosting = new TreeBoosting(SETTINGS, (_, _, _) -> {});
    var others = new TreeBoosting(SETTINGS, (_, _, _) -> {});
    try (BoostedTrees zeros = boosting.train(of(0, rows(1, 3_000)), of(0, rows(2, 1_000)), 0.3);
        BoostedTrees ones = others.train(of(1, rows(4, 3_000)), of(1, rows(5, 1_000)), 0.3);
        BoostedTrees trees = BoostedTrees.joined(zeros, ones, 1)) {
      for (float kind : new float[] {0, 1, Float.NaN}) {
        assertSame(trees, calibration, of(kind, rows(3, 20_000)));
      }
    }
  }

  private static FeatureRows of(float kind, FeatureRows rows) {
    for (float[] vector : rows.vectors()) {
      vector[1] = kind;
    }
    return rows;
  }

  private static void assertSame(BoostedTrees trees, PlattScaling calibration, FeatureRows rows)
      throws OrtException {
    byte[] model = trees.json(List.of("a", "b", "c"), Map.of());

    float[][] answers = answers(OnnxModel.of(model, calibration), rows.vectors());

    double[] expected = calibration.probabilities(trees.margins(rows));
    double largest = 0;
    for (int row = 0; row < expected.length; row++) {
      largest = Math.max(largest, Math.abs(expected[row] - answers[row][0]));
    }
    assertThat(largest).isLessThan(1e-6);
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
