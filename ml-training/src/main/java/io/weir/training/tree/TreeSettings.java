package io.weir.training.tree;

import java.util.Set;

/**
 * Settings of a training of trees.
 *
 * @param rounds at most this many trees
 * @param patience rounds without a better validation log-loss before training stops
 * @param threads does not change the trees
 * @param increasing places of the vector whose higher value never lowers the probability
 */
public record TreeSettings(
    TreeShape shape, int rounds, int patience, long seed, int threads, Set<Integer> increasing) {

  public TreeSettings {
    increasing = Set.copyOf(increasing);
    if (rounds < 1 || patience < 1 || threads < 1) {
      throw new IllegalArgumentException("settings of trees are positive");
    }
  }

  /** The settings that fit most tables. */
  public static TreeSettings standard(long seed, int threads) {
    return new TreeSettings(TreeShape.standard(), 1_000, 40, seed, threads, Set.of());
  }

  /** The settings with another shape. */
  public TreeSettings with(TreeShape other) {
    return new TreeSettings(other, rounds, patience, seed, threads, increasing);
  }

  /** The settings with a known direction of some features. */
  public TreeSettings withIncreasing(Set<Integer> places) {
    return new TreeSettings(shape, rounds, patience, seed, threads, places);
  }
}
