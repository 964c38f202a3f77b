package io.weir.scoring.train;

/** First and second derivatives of the logistic loss, row by row, at the current margins. */
final class Gradients {
  private static final double LEAST_HESSIAN = 1e-16;

  private final boolean[] converted;
  final double[] gradient;
  final double[] hessian;

  Gradients(boolean[] converted) {
    this.converted = converted;
    this.gradient = new double[converted.length];
    this.hessian = new double[converted.length];
  }

  void update(float[] margins) {
    for (int row = 0; row < margins.length; row++) {
      double probability = 1 / (1 + StrictMath.exp(-margins[row]));
      gradient[row] = probability - (converted[row] ? 1 : 0);
      hessian[row] = Math.max(probability * (1 - probability), LEAST_HESSIAN);
    }
  }
}
