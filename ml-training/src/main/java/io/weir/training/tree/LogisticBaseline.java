package io.weir.training.tree;

import io.weir.training.table.FeatureRows;

/**
 * Logistic regression with a small L2 penalty: what a straight line achieves, to compare the trees
 * with. Features are standardised; a missing value is the mean. A large table is fitted on every
 * k-th row, so that a step stays within a budget of time.
 */
public final class LogisticBaseline {
  private static final int STEPS = 15;
  private static final double PENALTY = 1;
  private static final double SMALL_MOVE = 1e-6;

  /** So many products in a step at most; a wider table is fitted on fewer rows. */
  private static final long MOST_PRODUCTS = 2_000_000_000L;

  private static final int FEWEST_ROWS = 1_000;

  /** Further features are not looked at: the matrix of a step would take gigabytes. */
  private static final int MOST_FEATURES = 2_000;

  /** A smaller share of a step is none. */
  private static final double LEAST_SHARE = 1e-3;

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
    int width = Math.min(rows.vectors()[0].length, MOST_FEATURES);
    var mean = new double[width];
    var scale = new double[width];
    for (int feature = 0; feature < width; feature++) {
      moments(rows.vectors(), feature, mean, scale);
    }
    var baseline = new LogisticBaseline(mean, scale);
    baseline.weights[width] = Math.log(rows.rate() / (1 - rows.rate()));
    int stride = stride(rows.size(), width);
    for (int step = 0; step < STEPS; step++) {
      if (baseline.step(rows, stride) < SMALL_MOVE) {
        break;
      }
    }
    return baseline;
  }

  /** Each row, or each second, third and so on, so that a step stays within its budget. */
  static int stride(int rows, int width) {
    long most = Math.max(FEWEST_ROWS, MOST_PRODUCTS / Math.max(1, (long) width * width));
    return (int) Math.max(1, Math.ceilDiv(rows, most));
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

  /** The penalised log-loss that the steps make smaller. */
  private double loss(FeatureRows rows, int stride) {
    double loss = 0;
    var point = new double[weights.length];
    for (int row = 0; row < rows.size(); row += stride) {
      standardise(rows.vectors()[row], point);
      double probability = probability(point);
      double likely = rows.outcomes()[row] ? probability : 1 - probability;
      loss -= rows.weight(row) * Math.log(Math.max(likely, 1e-300));
    }
    for (double weight : weights) {
      loss += PENALTY * weight * weight / 2;
    }
    return loss;
  }

  /** Returns the largest move of a weight. */
  private double step(FeatureRows rows, int stride) {
    int size = weights.length;
    var gradient = new double[size];
    var hessian = new double[size][size];
    var point = new double[size];
    for (int row = 0; row < rows.size(); row += stride) {
      standardise(rows.vectors()[row], point);
      double probability = probability(point);
      double share = rows.weight(row);
      double error = share * ((rows.outcomes()[row] ? 1 : 0) - probability);
      double weight = share * Math.max(probability * (1 - probability), 1e-9);
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
    return move(Cholesky.solve(hessian, gradient), rows, stride);
  }

  /**
   * Moves the weights in a direction, as far as that lowers the loss: a whole step of Newton may go
   * too far, and the next ones further. Returns the largest move.
   */
  private double move(double[] direction, FeatureRows rows, int stride) {
    double[] before = weights;
    double least = loss(rows, stride);
    for (double share = 1; share > LEAST_SHARE; share /= 2) {
      weights = new double[before.length];
      double largest = 0;
      for (int i = 0; i < before.length; i++) {
        weights[i] = before[i] + share * direction[i];
        largest = Math.max(largest, Math.abs(share * direction[i]));
      }
      // Not a number is no improvement.
      if (loss(rows, stride) < least) {
        return largest;
      }
    }
    weights = before;
    return 0;
  }
}
