package io.weir.scoring.train;

/** Mean negative log likelihood of a yes-or-no outcome. */
final class LogLoss {
  /**
   * A lower bound of probabilities, so that one confident mistake does not cost infinitely much.
   */
  private static final double LEAST_PROBABILITY = 1e-7;

  private LogLoss() {}

  static double ofMargins(float[] margins, boolean[] outcomes) {
    double sum = 0;
    for (int row = 0; row < margins.length; row++) {
      double towards = outcomes[row] ? -margins[row] : margins[row];
      sum += towards > 30 ? towards : StrictMath.log1p(StrictMath.exp(towards));
    }
    return sum / margins.length;
  }

  static double ofScores(float[] scores, boolean[] outcomes) {
    double sum = 0;
    for (int row = 0; row < scores.length; row++) {
      double right = outcomes[row] ? scores[row] : 1.0 - scores[row];
      sum -= StrictMath.log(Math.max(right, LEAST_PROBABILITY));
    }
    return sum / scores.length;
  }

  /** The loss of always predicting the same probability. */
  static double ofConstant(double probability, double baseRate) {
    double yes = Math.max(probability, LEAST_PROBABILITY);
    double no = Math.max(1 - probability, LEAST_PROBABILITY);
    return -baseRate * StrictMath.log(yes) - (1 - baseRate) * StrictMath.log(no);
  }
}
