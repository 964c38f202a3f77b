package io.weir.training.quality;

/**
 * Two models on the same rows. Each row has both scores, so what makes a row hard for both does not
 * blur their difference.
 *
 * @param logLoss the other model's minus the first one's; below zero the other one is better
 * @param auc the same; above zero the other one ranks better
 */
public record PairedQuality(
    int rows,
    int positives,
    double firstLogLoss,
    double otherLogLoss,
    PairedDifference logLoss,
    double firstAuc,
    double otherAuc,
    PairedDifference auc) {
  /** Fewer rows have no verdict: a few sessions that converted decide the mean then. */
  public static final int LEAST_ROWS = 1_000;

  public static final int LEAST_OF_AN_OUTCOME = 50;

  /** The judgement that the interval of the log-loss allows. */
  public enum Verdict {
    CHALLENGER_BETTER,
    CHAMPION_BETTER,
    NO_DIFFERENCE,
    TOO_FEW
  }

  /** Measures both models against what became of the rows. */
  public static PairedQuality of(double[] first, double[] other, boolean[] outcomes) {
    var moments = new Moments();
    for (int row = 0; row < outcomes.length; row++) {
      moments.add(
          CrossEntropy.loss(other[row], outcomes[row])
              - CrossEntropy.loss(first[row], outcomes[row]));
    }
    var one = new ScoreRanking(first, outcomes);
    var two = new ScoreRanking(other, outcomes);
    return new PairedQuality(
        outcomes.length,
        one.positives(),
        CrossEntropy.of(first, outcomes),
        CrossEntropy.of(other, outcomes),
        PairedDifference.of(moments.mean(), moments.varianceOfMean()),
        one.auc(),
        two.auc(),
        PairedDifference.of(two.auc() - one.auc(), aucVariance(one, two, outcomes)));
  }

  /**
   * The variance of the difference of two areas, after DeLong, DeLong and Clarke-Pearson (1988): an
   * area is a mean over the positive rows, and one over the others, of the share of rows of the
   * other outcome that a row is on the right side of.
   */
  private static double aucVariance(ScoreRanking one, ScoreRanking two, boolean[] outcomes) {
    double[] sharesOfOne = one.placements();
    double[] sharesOfTwo = two.placements();
    var positives = new Moments();
    var negatives = new Moments();
    for (int row = 0; row < outcomes.length; row++) {
      (outcomes[row] ? positives : negatives).add(sharesOfTwo[row] - sharesOfOne[row]);
    }
    return positives.varianceOfMean() + negatives.varianceOfMean();
  }

  public Verdict verdict() {
    if (rows < LEAST_ROWS || Math.min(positives, rows - positives) < LEAST_OF_AN_OUTCOME) {
      return Verdict.TOO_FEW;
    }
    return logLoss.isBelowZero()
        ? Verdict.CHALLENGER_BETTER
        : logLoss.isAboveZero() ? Verdict.CHAMPION_BETTER : Verdict.NO_DIFFERENCE;
  }

  /** Mean and variance of values, one after the other (Welford). */
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    private void add(double value) {
      count++;
      double distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }

    private double mean() {
      return mean;
    }

    /** NaN for fewer than two values. */
    private double varianceOfMean() {
      return count < 2 ? Double.NaN : squares / (count - 1) / count;
    }
  }
}
