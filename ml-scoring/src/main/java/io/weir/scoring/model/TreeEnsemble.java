package io.weir.scoring.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gradient-boosted trees for a yes-or-no outcome, evaluated as XGBoost does: in 32-bit floats. */
public final class TreeEnsemble implements Trees {
  /*
   * All trees lie in three flat arrays. A tree is laid out breadth first with the two children of
   * a node side by side, so one index is enough and the hot top of a tree shares cache lines.
   * split[n] is the feature's index; its complement when missing values go left. child[n] is the
   * left child's index, LEAF for a leaf. value[n] is the threshold, or the leaf's weight.
   */
  static final int LEAF = -1;

  private final int features;
  private final float baseMargin;
  private final int[] roots;
  private final int[] split;
  private final int[] child;
  private final float[] value;
  private final float[] cover;

  /** The same trees in a form that is scored faster; null if they are too deep for it. */
  private @Nullable TreeLevels levels;

  private TreeEnsemble(int features, float baseMargin, List<TreeNodes> trees) {
    int nodeCount = trees.stream().mapToInt(TreeNodes::size).sum();
    this.features = features;
    this.baseMargin = baseMargin;
    this.roots = new int[trees.size()];
    this.split = new int[nodeCount];
    this.child = new int[nodeCount];
    this.value = new float[nodeCount];
    boolean hasCover = trees.stream().allMatch(TreeNodes::hasCover);
    this.cover = new float[hasCover ? nodeCount : 0];
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
    var margin = (float) -StrictMath.log(1.0 / baseScore - 1.0);
    var ensemble = new TreeEnsemble(features, margin, trees);
    int next = 0;
    for (int tree = 0; tree < trees.size(); tree++) {
      ensemble.roots[tree] = next;
      next = ensemble.append(trees.get(tree), tree, next);
    }
    ensemble.levels = TreeLevels.of(ensemble).orElse(null);
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
      if (cover.length > 0) {
        cover[start + at] = checkedCover(tree.cover()[node], number, node);
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

  private static float checkedCover(float cover, int number, int node) throws ModelFormatException {
    if (!(cover >= 0 && cover <= Float.MAX_VALUE)) {
      throw broken(number, node, "its sum_hessian is not a finite number from 0 on");
    }
    return cover;
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

  @Override
  public int features() {
    return features;
  }

  @Override
  public int trees() {
    return roots.length;
  }

  /** Whether the trees are stored by level. */
  boolean hasLevels() {
    return levels != null;
  }

  @Override
  public Optional<TreeContributions> contributions() {
    return cover.length == 0 ? Optional.empty() : Optional.of(new TreeContributions(this, cover));
  }

  @Override
  public float score(float[] vector) {
    return (float) (1.0 / (1.0 + StrictMath.exp(-margin(vector))));
  }

  @Override
  public float margin(float[] vector) {
    if (vector.length != features) {
      throw new IllegalArgumentException(vector.length + " values for " + features + " features");
    }
    return levels == null ? walkedMargin(vector) : levels.margin(vector);
  }

  /** The log-odds by the walk of one tree after the other, from the root to a leaf. */
  float walkedMargin(float[] vector) {
    float margin = baseMargin;
    for (int root : roots) {
      margin += leafValue(root, vector);
    }
    return margin;
  }

  private float leafValue(int root, float[] vector) {
    int node = root;
    while (child[node] != LEAF) {
      node = next(node, vector);
    }
    return value[node];
  }

  /** The child of a node that is no leaf. */
  int next(int node, float[] vector) {
    int coded = split[node];
    float given = vector[coded < 0 ? ~coded : coded];
    boolean goesLeft = given < value[node] || (coded < 0 && Float.isNaN(given));
    return goesLeft ? child[node] : child[node] + 1;
  }

  /** The feature that a node which is no leaf splits on. */
  int feature(int node) {
    return split[node] < 0 ? ~split[node] : split[node];
  }

  /** Whether such a node sends a missing value left. */
  boolean isMissingLeft(int node) {
    return split[node] < 0;
  }

  /** The first node of a tree, or the end of all. */
  int root(int tree) {
    return tree == roots.length ? child.length : roots[tree];
  }

  float baseMargin() {
    return baseMargin;
  }

  int[] child() {
    return child;
  }

  float[] value() {
    return value;
  }
}
