package io.weir.training.tree;

import io.weir.training.table.FeatureRows;
import java.util.Random;

/** Rows of a known logistic model, with missing values. */
final class RandomRows {
  static final int WIDTH = 8;

  private RandomRows() {}

  /** The outcome follows 2 x0 - x1 and, only for trees, the sign of x2 x3. */
  static FeatureRows of(long seed, int size) {
    var random = new Random(seed);
    var vectors = new float[size][];
    var outcomes = new boolean[size];
    for (int row = 0; row < size; row++) {
      float[] full = full(random);
      double margin = 2 * full[0] - full[1] + 1.5 * Math.signum(full[2] * full[3]) - 1;
      outcomes[row] = random.nextDouble() < 1 / (1 + Math.exp(-margin));
      vectors[row] = withHoles(full, random);
    }
    return new FeatureRows(vectors, outcomes);
  }

  private static float[] full(Random random) {
    var vector = new float[WIDTH];
    for (int feature = 0; feature < WIDTH; feature++) {
      vector[feature] = (float) random.nextGaussian();
    }
    vector[1] = Math.round(vector[1]); // whole numbers lie exactly on thresholds
    return vector;
  }

  private static float[] withHoles(float[] vector, Random random) {
    for (int feature = 0; feature < WIDTH; feature++) {
      if (random.nextInt(10) == 0) {
        vector[feature] = Float.NaN;
      }
    }
    return vector;
  }
}
