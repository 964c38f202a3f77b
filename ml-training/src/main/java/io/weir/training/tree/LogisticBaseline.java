package io.weir.training.tree;

import io.weir.training.table.FeatureRows;

/**
 * Logistic regression with a small L2 penalty: what a straight line achieves, to compare the trees
 * with. Features are standardised; a missing value is the mean.
 */
public final class LogisticBaseline {
  private static final int STEPS = 15;
  private static final double PENALTY = 1;

  private final double[] mean;
  private final double[] scale;
  private double[] weights;

  private LogisticBaseline(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
    this.weights = new double[mean.length + 1];
  }

  /** Fits the weights by Newton's method. */
  public static LogisticBaseline fit(FeatureRows rows) {
    int width = rows.vectors()[0].length;
    var mean = new double[width];
    var scale = new double[width];
    for (int feature = 0; feature < width; feature++) {
      moments(rows.vectors(), feature, mean, scale);
    }
    var baseline = new LogisticBaseline(mean, scale);
    baseline.weights[width] = Math.log(rows.rate() / (1 - rows.rate()));
    for (int step = 0; step < STEPS; step++) {
      baseline.step(rows);
    }
    return baseline;
  }

  /** The probability of each row. */
  public double[] probabilities(FeatureRows rows) {
    var probabilities = new double[rows.size()];
    var point = new double[mean.length + 1];
    for (int row = 0; row < probabilities.length; row++) {
      standardise(rows.vectors()[row], point);
      probabilities[row] = probability(point);
    }
    return probabilities;
  }

  private static void moments(float[][] vectors, int feature, double[] mean, double[] scale) {
    double sum = 0;
    double squares = 0;
    int present = 0;
    for (float[] vector : vectors) {
      double value = vector[feature];
      if (!Double.isNaN(value)) {
        present++;
        double difference = value - sum;
        sum += difference / present; // Welford: the mean so far
        squares += difference * (value - sum);
      }
    }
    mean[feature] = sum;
    double deviation = present < 2 ? 0 : Math.sqrt(squares / present);
    scale[feature] = deviation > 0 && Double.isFinite(deviation) ? 1 / deviation : 0;
  }

  private void standardise(float[] vector, double[] point) {
    for (int feature = 0; feature < mean.length; feature++) {
      double value = vector[feature];
      // Limited, so that one huge value of the test part is no overflow.
      point[feature] =
          Double.isNaN(value) ? 0 : Math.clamp((value - mean[feature]) * scale[feature], -20, 20);
    }
    point[mean.length] = 1;
  }

  private double probability(double[] point) {
    double margin = 0;
    for (int at = 0; at < point.length; at++) {
      margin += weights[at] * point[at];
    }
    return 1 / (1 + Math.exp(-margin));
  }

  private void step(FeatureRows rows) {
    int size = weights.length;
    var gradient = new double[size];
    var hessian = new double[size][size];
    var point = new double[size];
    for (int row = 0; row < rows.size(); row++) {
      standardise(rows.vectors()[row], point);
      double probability = probability(point);
      double error = (rows.outcomes()[row] ? 1 : 0) - probability;
      double weight = Math.max(probability * (1 - probability), 1e-9);
      for (int i = 0; i < size; i++) {
        gradient[i] += error * point[i];
        double weighted = weight * point[i];
        for (int j = 0; j <= i; j++) {
          hessian[i][j] += weighted * point[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      gradient[i] -= PENALTY * weights[i];
      hessian[i][i] += PENALTY;
    }
    double[] move = Cholesky.solve(hessian, gradient);
    for (int i = 0; i < size; i++) {
      weights[i] += Math.clamp(move[i], -2, 2);
    }
  }
}
