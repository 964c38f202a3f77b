package io.weir.training.quality;

/**
 * A calibration: the probability is the sigmoid of {@code slope * margin + intercept}. Slope 1 and
 * intercept 0 change nothing.
 */
public record PlattScaling(double slope, double intercept) {
  /** The calibration that changes nothing. */
  public static final PlattScaling NONE = new PlattScaling(1, 0);

  private static final int STEPS = 50;

  /** A smaller gain is no reason for another step between the trees and the probability. */
  private static final double LEAST_GAIN = 1e-4;

  /**
   * Fits on held-out rows, but only if that helps on rows that the fit did not see: each half of
   * the rows is judged by a fit on the other half. A gain that chance alone could bring is none:
   * with a few positive rows, a calibration would fit their number and not their probability.
   */
  public static PlattScaling ifBetter(float[] margins, boolean[] outcomes) {
    var crossed = new double[margins.length];
    for (int half = 0; half < 2; half++) {
      PlattScaling other = fit(margins, outcomes, 1 - half);
      for (int row = half; row < margins.length; row += 2) {
        crossed[row] = other.probability(margins[row]);
      }
    }
    boolean isBetter = isLower(crossed, NONE.probabilities(margins), outcomes);
    return isBetter ? fit(margins, outcomes, -1) : NONE;
  }

  /** Whether the log-loss is lower, by more than its standard error. */
  private static boolean isLower(double[] after, double[] before, boolean[] outcomes) {
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < outcomes.length; row++) {
      double gain = CrossEntropy.loss(before[row], outcomes[row]);
      gain -= CrossEntropy.loss(after[row], outcomes[row]);
      sum += gain;
      squares += gain * gain;
    }
    double mean = sum / outcomes.length;
    double variance = squares / outcomes.length - mean * mean;
    return mean > Math.max(LEAST_GAIN, Math.sqrt(variance / outcomes.length));
  }

  public boolean isNone() {
    return equals(NONE);
  }

  public double probability(double margin) {
    return 1 / (1 + Math.exp(-(slope * margin + intercept)));
  }

  /** The probability of each margin. */
  public double[] probabilities(float[] margins) {
    var probabilities = new double[margins.length];
    for (int row = 0; row < margins.length; row++) {
      probabilities[row] = probability(margins[row]);
    }
    return probabilities;
  }

  /**
   * Newton's method from "changes nothing", with a small pull back to it, which also keeps few or
   * separable rows from an infinite slope.
   *
   * @param half only the even (0) or the odd (1) rows; -1 for all
   */
  private static PlattScaling fit(float[] margins, boolean[] outcomes, int half) {
    var fitted = NONE;
    int first = Math.max(half, 0);
    int stride = half < 0 ? 1 : 2;
    for (int step = 0; step < STEPS; step++) {
      double gradientSlope = 1 - fitted.slope;
      double gradientIntercept = -fitted.intercept;
      double ss = 1;
      double si = 0;
      double ii = 1;
      for (int row = first; row < margins.length; row += stride) {
        double probability = fitted.probability(margins[row]);
        double error = (outcomes[row] ? 1 : 0) - probability;
        double weight = probability * (1 - probability);
        gradientSlope += error * margins[row];
        gradientIntercept += error;
        ss += weight * margins[row] * margins[row];
        si += weight * margins[row];
        ii += weight;
      }
      double determinant = ss * ii - si * si;
      double slope = (gradientSlope * ii - gradientIntercept * si) / determinant;
      double intercept = (gradientIntercept * ss - gradientSlope * si) / determinant;
      fitted =
          new PlattScaling(
              fitted.slope + Math.clamp(slope, -1, 1),
              fitted.intercept + Math.clamp(intercept, -1, 1));
    }
    return fitted;
  }
}
