package io.weir.scoring.model;

/**
 * What each feature adds to the calibrated log-odds: those of the trees times the slope of the
 * calibration. Many threads may use it.
 */
public record Contributions(TreeContributions trees, double slope, double intercept) {

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
