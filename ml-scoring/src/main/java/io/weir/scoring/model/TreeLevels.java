package io.weir.scoring.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Trees filled up to one depth and stored level by level, so that a vector passes a level of all
 * trees in one loop without a branch. The margin has the bits of the plain walk: the leaves are the
 * same, and they are added in the same order.
 */
final class TreeLevels {
  /*
   * nodes[d] holds level d of the first tree, then of the second, and so on. So the children of the
   * node at n are at 2 * n and 2 * n + 1 of the next level, whatever the tree. A node is one long:
   * the key of its threshold above, the place of its feature's key below (see SplitKeys). What is
   * below a leaf is that leaf again. The trees do not wait for one another, so the processor works
   * on many of them at once.
   */

  /** A deeper ensemble is walked: each level more doubles the memory. */
  static final int MOST_DEPTH = 10;

  /** 12 bytes each. */
  static final int MOST_LEAVES = 1 << 20;

  /** Places of keys are whole numbers of 32 bits. */
  private static final int MOST_FEATURES = 1 << 20;

  private final float baseMargin;
  private final int features;
  private final long[][] nodes;
  private final float[] leaves;

  /** Arrays for the next vector. A thread that finds none makes its own. */
  private final AtomicReference<@Nullable Scratch> spare = new AtomicReference<>();

  /**
   * The arrays of one calculation.
   *
   * @param keys of the vector
   * @param at by tree: the node of the present level
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scratch(int[] keys, int[] at) {}

  private TreeLevels(TreeEnsemble trees, int depth) {
    this.baseMargin = trees.baseMargin();
    this.features = trees.features();
    this.nodes = new long[depth][];
    var at = new int[trees.trees()];
    for (int tree = 0; tree < at.length; tree++) {
      at[tree] = trees.root(tree);
    }
    for (int level = 0; level < depth; level++) {
      nodes[level] = new long[at.length];
      at = fill(nodes[level], trees, at);
    }
    this.leaves = new float[at.length];
    for (int leaf = 0; leaf < at.length; leaf++) {
      leaves[leaf] = trees.value()[at[leaf]];
    }
  }

  /** Empty if the trees are too deep or too many to be filled up. */
  static Optional<TreeLevels> of(TreeEnsemble trees) {
    int depth = 0;
    for (int tree = 0; tree < trees.trees() && depth <= MOST_DEPTH; tree++) {
      depth = Math.max(depth, depth(trees, trees.root(tree), trees.root(tree + 1)));
    }
    boolean isSmall =
        depth <= MOST_DEPTH
            && trees.trees() <= MOST_LEAVES >> depth
            && trees.features() <= MOST_FEATURES;
    return isSmall ? Optional.of(new TreeLevels(trees, depth)) : Optional.empty();
  }

  /** The levels of a tree below its root: children are behind their parents, level by level. */
  private static int depth(TreeEnsemble trees, int root, int end) {
    int depth = 0;
    int first = root;
    int behind = root + 1;
    while (behind < end) {
      int next = behind;
      for (int node = first; node < behind; node++) {
        next = Math.max(next, trees.child()[node] + 2);
      }
      first = behind;
      behind = next;
      depth++;
    }
    return depth;
  }

  /** Fills one level from the nodes on it; returns those on the next. */
  private static int[] fill(long[] level, TreeEnsemble trees, int[] at) {
    var next = new int[2 * at.length];
    for (int place = 0; place < at.length; place++) {
      int node = at[place];
      int child = trees.child()[node];
      boolean isLeaf = child == TreeEnsemble.LEAF;
      level[place] = isLeaf ? packed(Integer.MIN_VALUE, 0) : packed(trees, node);
      next[2 * place] = isLeaf ? node : child;
      next[2 * place + 1] = isLeaf ? node : child + 1;
    }
    return next;
  }

  private static long packed(TreeEnsemble trees, int node) {
    int missing = trees.isMissingLeft(node) ? trees.features() : 0;
    return packed(SplitKeys.of(trees.value()[node]), missing + trees.feature(node));
  }

  private static long packed(int threshold, int place) {
    return (long) threshold << Integer.SIZE | place;
  }

  /** The log-odds of a vector with a value for each feature. */
  float margin(float[] vector) {
    Scratch free = spare.getAndSet(null);
    Scratch mine = free == null ? scratch() : free;
    SplitKeys.fill(vector, mine.keys);
    float margin = margin(mine.keys, mine.at);
    spare.lazySet(mine);
    return margin;
  }

  private Scratch scratch() {
    return new Scratch(new int[2 * features], new int[leaves.length >> nodes.length]);
  }

  private float margin(int[] keys, int[] at) {
    for (int tree = 0; tree < at.length; tree++) {
      at[tree] = tree;
    }
    for (long[] level : nodes) {
      descend(level, keys, at);
    }
    float margin = baseMargin;
    for (int leaf : at) {
      margin += leaves[leaf];
    }
    return margin;
  }

  private static void descend(long[] level, int[] keys, int[] at) {
    for (int tree = 0; tree < at.length; tree++) {
      int place = at[tree];
      long node = level[place];
      int left = (int) ((keys[(int) node] - (node >> Integer.SIZE)) >>> (Long.SIZE - 1));
      at[tree] = 2 * place + 1 - left;
    }
  }
}
