package io.weir.scoring.model;

import java.util.Arrays;

/** What {@link TreeLanes} knows of its trees before a vector comes, by node and lane. */
final class LaneTables {
  private final TreeEnsemble trees;
  private final TreeShares shares;
  private final int lanes;
  private final int inner;
  private final Quadrature rule;
  private final int[][] feature;
  private final int[][] place;
  private final int[][] threshold;
  private final float[][] share;
  private final float[][] leaves;
  private final float[][][] known;
  private final float[][][] weight;

  private final LaneRepeats repeats = new LaneRepeats();

  /**
   * A tree that is taken over.
   *
   * @param places by node of the tree: its place here
   * @param again by node of the tree: the number of its repeat, or negative
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tree(int root, int lane, int[] places, int[] again) {}

  LaneTables(TreeEnsemble trees, TreeShares shares, int[] numbers) {
    int depth = shares.depth(numbers[0]);
    this.trees = trees;
    this.shares = shares;
    this.lanes = numbers.length;
    this.inner = (1 << depth) - 1;
    this.rule = Quadrature.of((depth + 1) / 2);
    this.feature = new int[inner][lanes];
    this.place = new int[inner][lanes];
    this.threshold = new int[inner][lanes];
    this.share = new float[inner][lanes];
    this.leaves = new float[inner + 1][lanes];
    this.known = new float[rule.points()][inner][lanes];
    this.weight = new float[rule.points()][inner][lanes];
    for (int point = 0; point < rule.points(); point++) {
      for (int node = 0; node < inner; node++) {
        Arrays.fill(known[point][node], (float) rule.place(point));
        Arrays.fill(weight[point][node], (float) rule.weight(point));
      }
    }
    for (int lane = 0; lane < lanes; lane++) {
      int root = trees.root(numbers[lane]);
      int size = trees.root(numbers[lane] + 1) - root;
      fill(new Tree(root, lane, new int[size], new int[size]), root, 0);
    }
  }

  /** Copies a node and what is below it. What is below a leaf is that leaf again. */
  private void fill(Tree tree, int node, int at) {
    int next = trees.child()[node];
    if (at >= inner) {
      leaves[at - inner][tree.lane] = trees.value()[node];
    } else if (next == TreeEnsemble.LEAF) {
      threshold[at][tree.lane] = Integer.MIN_VALUE;
      fill(tree, node, 2 * at + 1);
      fill(tree, node, 2 * at + 2);
    } else {
      feature[at][tree.lane] = trees.feature(node);
      place[at][tree.lane] =
          trees.feature(node) + (trees.isMissingLeft(node) ? trees.features() : 0);
      threshold[at][tree.lane] = SplitKeys.of(trees.value()[node]);
      share[at][tree.lane] = (float) shares.left()[node];
      tree.places[node - tree.root] = at;
      repeat(tree, node, at);
      fill(tree, next, 2 * at + 1);
      fill(tree, next + 1, 2 * at + 2);
    }
  }

  private void repeat(Tree tree, int node, int at) {
    int number = shares.repeat()[node];
    tree.again[node - tree.root] = number < 0 ? number : repeats.size();
    if (number >= 0) {
      int above = shares.above(number) - tree.root;
      boolean isLeft = shares.isLeftOf(number);
      repeats.add(at, tree.lane, tree.places[above], tree.again[above], isLeft);
      for (int point = 0; point < rule.points(); point++) {
        double passed = shares.shareAbove(number);
        known[point][at][tree.lane] = (float) rule.known(point, passed);
        weight[point][at][tree.lane] = (float) rule.weight(point, passed);
      }
    }
  }

  LaneRepeats repeats() {
    return repeats;
  }

  int lanes() {
    return lanes;
  }

  /** The number of nodes that are no leaves. */
  int inner() {
    return inner;
  }

  int points() {
    return rule.points();
  }

  int[] feature(int node) {
    return feature[node];
  }

  /** Where the key of the node's feature is. */
  int[] place(int node) {
    return place[node];
  }

  int[] threshold(int node) {
    return threshold[node];
  }

  float[] share(int node) {
    return share[node];
  }

  float[] leaves(int number) {
    return leaves[number];
  }

  float[] known(int point, int node) {
    return known[point][node];
  }

  float[] weight(int point, int node) {
    return weight[point][node];
  }
}
