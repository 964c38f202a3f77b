package io.weir.training.quality;

/** The log-loss of probabilities. */
public final class CrossEntropy {
  /** A probability of 0 or 1 that is wrong would be infinitely bad. */
  private static final double LEAST = 1e-15;

  private CrossEntropy() {}

  /** The mean over all rows. */
  public static double of(double[] probabilities, boolean[] outcomes) {
    double sum = 0;
    for (int row = 0; row < outcomes.length; row++) {
      sum += loss(probabilities[row], outcomes[row]);
    }
    return sum / outcomes.length;
  }

  static double ofConstant(double constant, double rate) {
    return rate * loss(constant, true) + (1 - rate) * loss(constant, false);
  }

  static double loss(double probability, boolean outcome) {
    double bounded = Math.clamp(probability, LEAST, 1 - LEAST);
    return -Math.log(outcome ? bounded : 1 - bounded);
  }
}
