package io.weir.scoring.model;

/**
 * The contribution of each feature to the calibrated log-odds: that of the trees times the slope of
 * the calibration. Many threads may use it.
 */
public record Contributions(MarginParts trees, double slope, double intercept) {

  /**
   * One value for each feature and, as the last, what they are added to. The sigmoid of their sum
   * is the score.
   */
  public double[] of(float[] vector) {
    double[] values = trees.of(vector);
    for (int at = 0; at < values.length; at++) {
      values[at] *= slope;
    }
    values[vector.length] += intercept;
    return values;
  }
}
