package io.weir.scoring.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each feature adds to the log-odds of one vector: exact Shapley values, where an unknown
 * feature follows the training rows down both ways of a split (path-dependent TreeSHAP, as in
 * XGBoost). Many threads may use it.
 */
public final class TreeContributions {
  /** A tree of this depth is filled up to 255 nodes; deeper ones are walked. */
  private static final int MOST_DEPTH = 8;

  /** The arrays of so many trees of depth 6 fit the second-level cache. */
  private static final int LANES = 320;

  private final TreeEnsemble trees;
  private final double expected;
  private final List<TreeLanes> lanes = new ArrayList<>();
  private final TreeWalk walk;

  TreeContributions(TreeEnsemble trees, float[] cover) {
    this.trees = trees;
    var shares = new TreeShares(trees, cover);
    this.expected = trees.baseMargin() + shares.expected();
    for (int depth = 1; depth <= MOST_DEPTH; depth++) {
      int[] alike = numbers(shares, depth, depth);
      for (int first = 0; first < alike.length; first += LANES) {
        int end = Math.min(first + LANES, alike.length);
        lanes.add(new TreeLanes(trees, shares, Arrays.copyOfRange(alike, first, end)));
      }
    }
    this.walk = new TreeWalk(trees, shares, numbers(shares, MOST_DEPTH + 1, Integer.MAX_VALUE));
  }

  private static int[] numbers(TreeShares shares, int from, int to) {
    return IntStream.range(0, shares.trees())
        .filter(tree -> shares.depth(tree) >= from && shares.depth(tree) <= to)
        .toArray();
  }

  /**
   * One value for each feature and, as the last, the expected log-odds over the training rows. They
   * sum to the margin.
   */
  public double[] of(float[] vector) {
    if (vector.length != trees.features()) {
      throw new IllegalArgumentException(
          vector.length + " values for " + trees.features() + " features");
    }
    var sums = new double[vector.length + 1];
    sums[vector.length] = expected;
    if (!lanes.isEmpty()) {
      int[] keys = SplitKeys.of(vector);
      lanes.forEach(each -> each.add(keys, sums));
    }
    walk.add(vector, sums);
    return sums;
  }
}
