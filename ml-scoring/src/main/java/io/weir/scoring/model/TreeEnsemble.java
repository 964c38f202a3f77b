package io.weir.scoring.model;

import java.util.List;

/** Gradient-boosted trees for a yes-or-no outcome, evaluated as XGBoost does: in 32-bit floats. */
public final class TreeEnsemble implements Model {
  /*
   * All trees lie in three flat arrays. A tree is laid out breadth first with the two children of
   * a node side by side, so one index is enough and the hot top of a tree shares cache lines.
   * split[n] is the feature's index; its complement when missing values go left. child[n] is the
   * left child's index, LEAF for a leaf. value[n] is the threshold, or the leaf's weight.
   */
  private static final int LEAF = -1;

  private final int features;
  private final float baseMargin;
  private final int[] roots;
  private final int[] split;
  private final int[] child;
  private final float[] value;

  private TreeEnsemble(int features, float baseMargin, int treeCount, int nodeCount) {
    this.features = features;
    this.baseMargin = baseMargin;
    this.roots = new int[treeCount];
    this.split = new int[nodeCount];
    this.child = new int[nodeCount];
    this.value = new float[nodeCount];
  }

  /**
   * Checks and copies the trees.
   *
   * @param baseScore the probability before the first tree, between 0 and 1
   */
  public static TreeEnsemble of(int features, float baseScore, List<TreeNodes> trees)
      throws ModelFormatException {
    if (!(baseScore > 0 && baseScore < 1)) {
      throw new ModelFormatException("base_score: " + baseScore + " is not between 0 and 1");
    }
    int nodes = trees.stream().mapToInt(TreeNodes::size).sum();
    var margin = (float) -StrictMath.log(1.0 / baseScore - 1.0);
    var ensemble = new TreeEnsemble(features, margin, trees.size(), nodes);
    int next = 0;
    for (int tree = 0; tree < trees.size(); tree++) {
      ensemble.roots[tree] = next;
      next = ensemble.append(trees.get(tree), tree, next);
    }
    return ensemble;
  }

  /** Appends one tree at {@code start}; returns the first index behind it. */
  private int append(TreeNodes tree, int number, int start) throws ModelFormatException {
    var source = new int[tree.size()];
    var seen = new boolean[tree.size()];
    seen[0] = true;
    int placed = 1;
    for (int at = 0; at < placed; at++) {
      int node = source[at];
      value[start + at] = tree.value()[node];
      if (!Float.isFinite(tree.value()[node])) {
        throw broken(number, node, "its value is not a finite number");
      }
      if (tree.isLeaf(node)) {
        child[start + at] = LEAF;
        continue;
      }
      split[start + at] = encodedSplit(tree, number, node);
      child[start + at] = start + placed;
      source[placed++] = visit(tree.left()[node], seen, number, node);
      source[placed++] = visit(tree.right()[node], seen, number, node);
    }
    return start + placed;
  }

  private int encodedSplit(TreeNodes tree, int number, int node) throws ModelFormatException {
    int feature = tree.feature()[node];
    if (feature < 0 || feature >= features) {
      throw broken(number, node, "it splits on feature " + feature + " of " + features);
    }
    return tree.defaultsLeft()[node] ? ~feature : feature;
  }

  private static int visit(int next, boolean[] seen, int number, int node)
      throws ModelFormatException {
    if (next < 0 || next >= seen.length) {
      throw broken(number, node, "its child " + next + " does not exist");
    }
    if (seen[next]) {
      throw broken(number, node, "its child " + next + " has another parent");
    }
    seen[next] = true;
    return next;
  }

  private static ModelFormatException broken(int tree, int node, String why) {
    return new ModelFormatException("tree " + tree + ", node " + node + ": " + why);
  }

  /** The number of values in a vector. */
  public int features() {
    return features;
  }

  public int trees() {
    return roots.length;
  }

  @Override
  public float score(float[] vector) {
    return (float) (1.0 / (1.0 + StrictMath.exp(-margin(vector))));
  }

  /** The log-odds of the positive outcome, before any calibration. */
  public float margin(float[] vector) {
    if (vector.length != features) {
      throw new IllegalArgumentException(vector.length + " values for " + features + " features");
    }
    float margin = baseMargin;
    for (int root : roots) {
      margin += leafValue(root, vector);
    }
    return margin;
  }

  private float leafValue(int root, float[] vector) {
    int node = root;
    int left = child[node];
    while (left != LEAF) {
      int coded = split[node];
      float given = vector[coded < 0 ? ~coded : coded];
      boolean goesLeft = given < value[node] || (coded < 0 && Float.isNaN(given));
      node = goesLeft ? left : left + 1;
      left = child[node];
    }
    return value[node];
  }
}
