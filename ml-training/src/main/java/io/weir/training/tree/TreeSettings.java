package io.weir.training.tree;

import java.util.Set;

/**
 * Settings of the trees.
 *
 * @param rounds at most this many trees
 * @param patience rounds without a better validation log-loss before training stops
 * @param threads does not change the trees
 * @param increasing places of the vector whose higher value never lowers the probability
 */
public record TreeSettings(
    int rounds,
    int depth,
    double learningRate,
    int patience,
    long seed,
    int threads,
    Set<Integer> increasing) {

  public TreeSettings {
    increasing = Set.copyOf(increasing);
    if (rounds < 1 || depth < 1 || !(learningRate > 0) || patience < 1 || threads < 1) {
      throw new IllegalArgumentException("settings of trees are positive");
    }
  }

  /** The settings that fit most tables. */
  public static TreeSettings standard(long seed, int threads) {
    return new TreeSettings(1_000, 5, 0.05, 40, seed, threads, Set.of());
  }

  /** The settings with other depth. */
  public TreeSettings withDepth(int splits) {
    return new TreeSettings(rounds, splits, learningRate, patience, seed, threads, increasing);
  }

  /** The settings with a known direction of some features. */
  public TreeSettings withIncreasing(Set<Integer> places) {
    return new TreeSettings(rounds, depth, learningRate, patience, seed, threads, places);
  }
}
