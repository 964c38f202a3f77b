package io.weir.training.quality;

import java.util.List;

/**
 * The quality of probabilities on rows that training did not see.
 *
 * @param baseRate the share of positive rows
 * @param auc the chance that a positive row scores higher than another one; a constant has 0.5
 * @param prAuc average precision; a constant has the base rate
 * @param constantLogLoss of the constant that always predicts the training part's rate
 * @param calibrationError the mean distance between probability and true rate over the groups
 * @param groups ten groups of equal size by probability, lowest first
 */
public record BinaryQuality(
    int rows,
    int positives,
    double baseRate,
    double auc,
    double prAuc,
    double logLoss,
    double constantLogLoss,
    double calibrationError,
    List<ScoreGroup> groups) {
  private static final int GROUPS = 10;

  public BinaryQuality {
    groups = List.copyOf(groups);
  }

  /**
   * Rows of similar probability.
   *
   * @param lift how many times the base rate this group has
   * @param captured the share of all positives in this group and those above it
   */
  public record ScoreGroup(
      int rows, double meanProbability, double rate, double lift, double captured) {}

  /**
   * The calibration error that true probabilities would have on so many rows: the mean distance of
   * the rate of each group from its probability, from the normal distribution. An error of this
   * size says nothing against the model.
   */
  public double calibrationByChance() {
    double error = 0;
    for (ScoreGroup group : groups) {
      double mean = group.meanProbability();
      error += Math.sqrt(2 / Math.PI * mean * (1 - mean) * group.rows()) / rows;
    }
    return rows == 0 ? Double.NaN : error;
  }

  /** Measures probabilities against outcomes; without rows, no figure is a number. */
  public static BinaryQuality of(double[] probabilities, boolean[] outcomes, double constant) {
    var ranking = new ScoreRanking(probabilities, outcomes);
    List<ScoreGroup> groups = ranking.groups(Math.min(GROUPS, outcomes.length));
    double error = outcomes.length == 0 ? Double.NaN : 0;
    for (ScoreGroup group : groups) {
      error += group.rows() * Math.abs(group.meanProbability() - group.rate()) / outcomes.length;
    }
    double rate = (double) ranking.positives() / outcomes.length;
    return new BinaryQuality(
        outcomes.length,
        ranking.positives(),
        rate,
        ranking.auc(),
        ranking.averagePrecision(),
        CrossEntropy.of(probabilities, outcomes),
        CrossEntropy.ofConstant(constant, rate),
        error,
        groups);
  }
}
