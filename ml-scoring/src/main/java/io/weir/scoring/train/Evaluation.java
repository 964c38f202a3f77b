package io.weir.scoring.train;

import io.weir.scoring.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The quality of a model on rows that it has not seen, beside a constant that always predicts the
 * base rate of the training part.
 *
 * @param auc the chance that a converting session scores higher than another one; a constant has
 *     0.5
 * @param calibration ten groups of equal size by score, lowest first
 */
public record Evaluation(
    int rows,
    int positives,
    double baseRate,
    double auc,
    double logLoss,
    double constantLogLoss,
    List<Group> calibration) {
  private static final int GROUPS = 10;

  public Evaluation {
    calibration = List.copyOf(calibration);
  }

  /** Sessions of similar score, with the mean prediction and the true rate. */
  public record Group(int rows, double meanScore, double conversionRate) {}

  public static Evaluation of(Model model, LabelledRows rows, double constant) {
    var scores = new float[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = model.score(rows.vectors()[row]);
    }
    return of(scores, rows.converted(), constant);
  }

  static Evaluation of(float[] scores, boolean[] outcomes, double constant) {
    int[] order = ascending(scores);
    int positives = 0;
    for (boolean outcome : outcomes) {
      positives += outcome ? 1 : 0;
    }
    double baseRate = (double) positives / scores.length;
    return new Evaluation(
        scores.length,
        positives,
        baseRate,
        auc(order, scores, outcomes),
        LogLoss.ofScores(scores, outcomes),
        LogLoss.ofConstant(constant, baseRate),
        calibration(order, scores, outcomes));
  }

  /** Row numbers by score; the row number breaks ties, so the order is always the same. */
  private static int[] ascending(float[] scores) {
    var keys = new long[scores.length];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = ((long) Float.floatToIntBits(scores[row]) << 32) | row;
    }
    Arrays.sort(keys);
    var order = new int[keys.length];
    for (int rank = 0; rank < order.length; rank++) {
      order[rank] = (int) keys[rank];
    }
    return order;
  }

  /**
   * The area under the curve, from the rank sum of the positives; rows of equal score share their
   * mean rank.
   */
  private static double auc(int[] order, float[] scores, boolean[] outcomes) {
    double rankSum = 0;
    long positives = 0;
    int start = 0;
    while (start < order.length) {
      int end = start;
      int among = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        among += outcomes[order[end++]] ? 1 : 0;
      }
      rankSum += among * (start + 1 + end) / 2.0;
      positives += among;
      start = end;
    }
    double negatives = order.length - positives;
    return (rankSum - positives * (positives + 1) / 2.0) / (positives * negatives);
  }

  private static List<Group> calibration(int[] order, float[] scores, boolean[] outcomes) {
    var groups = new ArrayList<Group>(GROUPS);
    for (int group = 0; group < GROUPS; group++) {
      int from = (int) ((long) order.length * group / GROUPS);
      int to = (int) ((long) order.length * (group + 1) / GROUPS);
      double sum = 0;
      int positives = 0;
      for (int rank = from; rank < to; rank++) {
        sum += scores[order[rank]];
        positives += outcomes[order[rank]] ? 1 : 0;
      }
      int rows = to - from;
      groups.add(new Group(rows, sum / Math.max(rows, 1), (double) positives / Math.max(rows, 1)));
    }
    return groups;
  }
}
