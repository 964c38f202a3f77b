package io.weir.training.tree;

import io.weir.process.StartupException;
import io.weir.training.table.FeatureRows;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Copies rows into XGBoost's matrices. */
final class Matrices {
  private Matrices() {}

  static DMatrix of(float[][] vectors) throws XGBoostError {
    int width = vectors[0].length;
    if ((long) width * vectors.length > Integer.MAX_VALUE - 8) {
      throw new StartupException(
          vectors.length + " rows of " + width + " features are too many: at most 2^31 values");
    }
    var flat = new float[vectors.length * width];
    for (int row = 0; row < vectors.length; row++) {
      System.arraycopy(vectors[row], 0, flat, row * width, width);
    }
    return new DMatrix(flat, vectors.length, width, Float.NaN);
  }

  static DMatrix labelled(FeatureRows rows) throws XGBoostError {
    DMatrix matrix = of(rows.vectors());
    var labels = new float[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.outcomes()[row] ? 1 : 0;
    }
    matrix.setLabel(labels);
    if (rows.negativeWeight() != 1) {
      var weights = new float[labels.length];
      for (int row = 0; row < weights.length; row++) {
        weights[row] = (float) rows.weight(row);
      }
      matrix.setWeight(weights);
    }
    return matrix;
  }
}
