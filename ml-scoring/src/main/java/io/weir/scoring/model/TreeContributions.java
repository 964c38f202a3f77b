package io.weir.scoring.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The contribution of each feature to the log-odds of one vector: exact Shapley values, where an
 * unknown feature follows the training rows down both ways of a split (path-dependent TreeSHAP, as
 * in XGBoost). Many threads may use it.
 */
public final class TreeContributions implements MarginParts {
  /** Deeper trees are walked one by one. */
  private static final int MOST_DEPTH = 8;

  /** A tree that would have more than so many times its nodes when it is filled up is walked. */
  private static final int MOST_FILLED = 4;

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
      int deep = depth;
      int[] alike = numbers(tree -> shares.depth(tree) == deep && isFull(shares, tree));
      for (int first = 0; first < alike.length; first += LANES) {
        int end = Math.min(first + LANES, alike.length);
        lanes.add(new TreeLanes(trees, shares, Arrays.copyOfRange(alike, first, end)));
      }
    }
    this.walk = new TreeWalk(trees, shares, numbers(tree -> !isFull(shares, tree)));
  }

  private int[] numbers(IntPredicate wanted) {
    return IntStream.range(0, trees.trees()).filter(wanted).toArray();
  }

  private boolean isFull(TreeShares shares, int tree) {
    int depth = shares.depth(tree);
    int nodes = trees.root(tree + 1) - trees.root(tree);
    return depth <= MOST_DEPTH && (2 << depth) - 1 <= MOST_FILLED * nodes;
  }

  @Override
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
