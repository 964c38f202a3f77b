package io.weir.training.tree;

/**
 * Settings of the trees.
 *
 * @param rounds at most this many trees
 * @param patience rounds without a better validation log-loss before training stops
 * @param threads does not change the trees
 */
public record TreeSettings(
    int rounds, int depth, double learningRate, int patience, long seed, int threads) {

  public TreeSettings {
    if (rounds < 1 || depth < 1 || !(learningRate > 0) || patience < 1 || threads < 1) {
      throw new IllegalArgumentException("settings of trees are positive");
    }
  }

  /** The settings that fit most tables. */
  public static TreeSettings standard(long seed, int threads) {
    return new TreeSettings(1_000, 5, 0.05, 40, seed, threads);
  }
}
