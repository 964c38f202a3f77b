package io.weir.scoring.model;

import java.util.Arrays;

/** Where the training rows went in each tree, and which nodes split on a feature again. */
final class TreeShares {
  private static final int NONE = -1;

  private final TreeEnsemble trees;
  private final double[] left;
  private final int[] repeat;
  private final int[] depth;

  /** By repeated node: the nearest node above it of the same feature. */
  private int[] above = new int[16];

  /** By repeated node: whether it is on the left of that node. */
  private boolean[] isLeft = new boolean[16];

  /** By repeated node: the share of the rows that the splits above let through to it. */
  private double[] shareAbove = new double[16];

  private int repeats;
  private int mostOnPath;
  private int mostNodes;
  private double expected;

  TreeShares(TreeEnsemble trees, float[] cover) {
    this.trees = trees;
    int nodes = trees.child().length;
    this.left = new double[nodes];
    this.repeat = new int[nodes];
    this.depth = new int[trees.trees()];
    Arrays.fill(repeat, NONE);
    for (int tree = 0; tree < trees.trees(); tree++) {
      int root = trees.root(tree);
      int end = trees.root(tree + 1);
      mostNodes = Math.max(mostNodes, end - root);
      shares(root, end, cover);
      depth[tree] = repeats(root, end);
      expected += expected(root, end);
    }
  }

  private void shares(int root, int end, float[] cover) {
    for (int node = root; node < end; node++) {
      int next = trees.child()[node];
      if (next != TreeEnsemble.LEAF) {
        double sum = (double) cover[next] + cover[next + 1];
        left[node] = sum > 0 ? cover[next] / sum : 0.5;
      }
    }
  }

  /** Finds the repeats of a tree; returns its depth. */
  private int repeats(int root, int end) {
    var depths = new int[end - root];
    var parent = new int[end - root];
    var distinct = new int[end - root];
    for (int node = root; node < end; node++) {
      int next = trees.child()[node];
      if (next == TreeEnsemble.LEAF) {
        mostOnPath = Math.max(mostOnPath, distinct[node - root]);
        continue;
      }
      parent[next - root] = node;
      parent[next - root + 1] = node;
      boolean isRepeated = findAbove(node, root, parent);
      distinct[next - root] = distinct[node - root] + (isRepeated ? 0 : 1);
      distinct[next - root + 1] = distinct[next - root];
      depths[next - root] = depths[node - root] + 1;
      depths[next - root + 1] = depths[next - root];
    }
    return depths[end - root - 1];
  }

  private boolean findAbove(int node, int root, int[] parent) {
    int feature = trees.feature(node);
    int way = node;
    while (way != root) {
      int up = parent[way - root];
      if (trees.feature(up) == feature) {
        add(node, up, way);
        return true;
      }
      way = up;
    }
    return false;
  }

  private void add(int node, int up, int way) {
    if (repeats == above.length) {
      above = Arrays.copyOf(above, 2 * repeats);
      isLeft = Arrays.copyOf(isLeft, 2 * repeats);
      shareAbove = Arrays.copyOf(shareAbove, 2 * repeats);
    }
    isLeft[repeats] = way == trees.child()[up];
    double own = isLeft[repeats] ? left[up] : 1 - left[up];
    above[repeats] = up;
    shareAbove[repeats] = repeat[up] == NONE ? own : own * shareAbove[repeat[up]];
    repeat[node] = repeats++;
  }

  private double expected(int root, int end) {
    var mean = new double[end - root];
    for (int node = end - 1; node >= root; node--) {
      int next = trees.child()[node];
      if (next == TreeEnsemble.LEAF) {
        mean[node - root] = trees.value()[node];
      } else {
        double right = mean[next - root + 1];
        mean[node - root] = right + left[node] * (mean[next - root] - right);
      }
    }
    return mean[0];
  }

  /** The most splits on a path of a tree. */
  int depth(int tree) {
    return depth[tree];
  }

  /** By node: the share of its rows that went left. */
  double[] left() {
    return left;
  }

  /** By node: its number among the nodes with a node of the same feature above; or negative. */
  int[] repeat() {
    return repeat;
  }

  int repeats() {
    return repeats;
  }

  int above(int number) {
    return above[number];
  }

  boolean isLeftOf(int number) {
    return isLeft[number];
  }

  double shareAbove(int number) {
    return shareAbove[number];
  }

  /** The most distinct features on a path. */
  int mostOnPath() {
    return mostOnPath;
  }

  int mostNodes() {
    return mostNodes;
  }

  /** The sum of all trees' expected answers. */
  double expected() {
    return expected;
  }
}
