package io.weir.scoring.train;

import io.weir.process.StartupException;

/**
 * The settings of a training run.
 *
 * @param seed splits visitors into parts and samples rows; the same seed gives the same model
 * @param trees at most this many; fewer when the validation part says so
 * @param depth splits between a root and its deepest leaf
 * @param learningRate how much of each tree's step is taken
 * @param lambda L2 penalty on leaf weights
 * @param gamma the least gain that is worth a split
 * @param minChildWeight the least sum of second derivatives in a child
 * @param bins histogram bins per feature
 * @param subsample the share of rows that each tree sees
 * @param patience trees without improvement on the validation part before training stops
 */
public record TrainingSettings(
    long seed,
    int trees,
    int depth,
    double learningRate,
    double lambda,
    double gamma,
    double minChildWeight,
    int bins,
    double subsample,
    int patience) {

  public TrainingSettings {
    require(trees >= 1 && trees <= 10_000, "--trees", trees, "from 1 to 10000");
    require(depth >= 1 && depth <= 12, "--depth", depth, "from 1 to 12");
    require(learningRate > 0 && learningRate <= 1, "--learning-rate", learningRate, "in (0, 1]");
    require(lambda >= 0, "--lambda", lambda, "0 or more");
    require(gamma >= 0, "--gamma", gamma, "0 or more");
    require(minChildWeight >= 0, "--min-child-weight", minChildWeight, "0 or more");
    require(bins >= 2 && bins <= 1_024, "--bins", bins, "from 2 to 1024");
    require(subsample > 0 && subsample <= 1, "--subsample", subsample, "in (0, 1]");
    require(patience >= 1, "--patience", patience, "1 or more");
  }

  public static TrainingSettings defaults() {
    return new TrainingSettings(42, 200, 6, 0.1, 1, 0, 1, 128, 0.8, 20);
  }

  public TrainingSettings withSize(int newTrees, int newDepth) {
    return new TrainingSettings(
        seed,
        newTrees,
        newDepth,
        learningRate,
        lambda,
        gamma,
        minChildWeight,
        bins,
        subsample,
        patience);
  }

  private static void require(boolean holds, String option, Number value, String wanted) {
    if (!holds) {
      throw new StartupException(option + " is " + value + "; it must be " + wanted);
    }
  }
}
