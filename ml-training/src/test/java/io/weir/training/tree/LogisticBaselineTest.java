package io.weir.training.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.training.table.FeatureRows;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticBaselineTest {
  @Test
  void knownModel_isRecovered() {
    var random = new Random(1);
    var vectors = new float[20_000][];
    var outcomes = new boolean[vectors.length];
    for (int row = 0; row < vectors.length; row++) {
      float x = (float) random.nextGaussian();
      vectors[row] = new float[] {1_000 + 10 * x, 7, Float.NaN}; // a constant and nothing at all
      outcomes[row] = random.nextDouble() < 1 / (1 + Math.exp(-(1.5 * x - 1)));
    }

    LogisticBaseline baseline = LogisticBaseline.fit(new FeatureRows(vectors, outcomes));

    var points = new float[][] {{1_000, 7, 0}, {1_010, 7, Float.NaN}};
    double[] probabilities = baseline.probabilities(new FeatureRows(points, new boolean[2]));
    assertThat(probabilities[0]).isCloseTo(1 / (1 + Math.exp(1)), within(0.02));
    assertThat(probabilities[1]).isCloseTo(1 / (1 + Math.exp(-0.5)), within(0.02));
  }

  /** Whole steps of Newton swing around the weights here, further each time. */
  @Test
  void rareOutcome_isRanked() {
    var random = new Random(2);
    var vectors = new float[20_000][];
    var outcomes = new boolean[vectors.length];
    for (int row = 0; row < vectors.length; row++) {
      float x = random.nextInt(50) == 0 ? 1 : 0;
      vectors[row] = new float[] {x, x, 1 - x, Math.abs((float) random.nextGaussian())};
      outcomes[row] = random.nextDouble() < (x == 1 ? 0.5 : 1e-4);
    }

    LogisticBaseline baseline = LogisticBaseline.fit(new FeatureRows(vectors, outcomes));

    var points = new float[][] {{1, 1, 0, 0.7f}, {0, 0, 1, 0.7f}};
    double[] probabilities = baseline.probabilities(new FeatureRows(points, new boolean[2]));
    assertThat(probabilities[0]).isCloseTo(0.5, within(0.08));
    assertThat(probabilities[1]).isLessThan(1e-3);
  }

  @Test
  void wideTable_isFittedOnFewerRows() {
    assertThat(LogisticBaseline.stride(20_000, 60)).isEqualTo(1);
    assertThat(LogisticBaseline.stride(700_000, 1_000)).isEqualTo(350);
    assertThat(LogisticBaseline.stride(700_000, 2_000)).isEqualTo(700);
  }

  @Test
  void equations_areSolved() {
    // [4 2; 2 3] x = [10; 9] has the solution [1.5; 2].
    double[] solution = Cholesky.solve(new double[][] {{4, 0}, {2, 3}}, new double[] {10, 9});

    assertThat(solution[0]).isCloseTo(1.5, within(1e-12));
    assertThat(solution[1]).isCloseTo(2, within(1e-12));
  }
}
