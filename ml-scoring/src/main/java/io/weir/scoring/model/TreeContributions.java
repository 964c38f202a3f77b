package io.weir.scoring.model;

/**
 * What each feature adds to the log-odds of one vector: exact Shapley values, where an unknown
 * feature follows the training rows down both ways of a split (path-dependent TreeSHAP, as in
 * XGBoost). Many threads may use it.
 */
public final class TreeContributions {
  /*
   * Let each other feature be known with probability t, independently, and let v(t) be the expected
   * answer of a tree. The Shapley value of a feature is the mean over t from 0 to 1 of what knowing
   * it adds to v(t) (Owen, "Multilinear extensions of games", 1972). That is a polynomial in t of a
   * degree below the number of distinct features on a path, so that a few points of Gauss and
   * Legendre give it exactly.
   *
   * At one t a node's value is g = mean + known * (hot - mean). hot is the value of the child that
   * the vector takes, mean that of both children by their shares of the training rows, and known is
   * t. Knowing the feature adds reach * (hot - mean), where reach is the probability of getting to
   * the node. One pass up the tree computes g and one down reach.
   *
   * When a node above splits on the same feature, it is known here if it was known there: with its
   * share s of the rows on the way here, known is t / (t + (1 - t) s), if the vector goes this way,
   * else 0. The factor of (hot - mean) is then s / (t + (1 - t) s)^2, else 0.
   */
  private final TreeEnsemble trees;
  private final TreeShares shares;
  private final Quadrature rule;
  private final double[][] known;
  private final double[][] factor;
  private final double expected;

  TreeContributions(TreeEnsemble trees, float[] cover) {
    this.trees = trees;
    this.shares = new TreeShares(trees, cover);
    this.rule = Quadrature.of(Math.max(1, (shares.mostOnPath() + 1) / 2));
    this.known = new double[rule.points()][shares.repeats()];
    this.factor = new double[rule.points()][shares.repeats()];
    for (int point = 0; point < rule.points(); point++) {
      double t = rule.place(point);
      for (int repeat = 0; repeat < shares.repeats(); repeat++) {
        double share = shares.shareAbove(repeat);
        double way = t + (1 - t) * share;
        known[point][repeat] = t / way;
        factor[point][repeat] = rule.weight(point) * share / (way * way);
      }
    }
    this.expected = trees.baseMargin() + shares.expected();
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
    var walk = new Walk(vector, sums);
    for (int tree = 0; tree < trees.trees(); tree++) {
      walk.through(trees.root(tree), trees.root(tree + 1));
    }
    return sums;
  }

  /** The state of one vector on its way through the trees. */
  private final class Walk {
    private final int[] split = trees.split();
    private final int[] child = trees.child();
    private final float[] value = trees.value();
    private final double[] left = shares.left();
    private final int[] repeat = shares.repeat();
    private final float[] vector;
    private final double[] sums;

    /** By node of the tree: the child that the vector takes. */
    private final int[] hot = new int[shares.mostNodes()];

    /** By node of the tree: the vector leaves the way to it at a node of the same feature. */
    private final boolean[] isOff = new boolean[shares.mostNodes()];

    private final double[] inner = new double[shares.mostNodes()];
    private final double[] gain = new double[shares.mostNodes()];
    private final double[] reach = new double[shares.mostNodes()];

    Walk(float[] vector, double[] sums) {
      this.vector = vector;
      this.sums = sums;
    }

    void through(int root, int end) {
      if (child[root] == TreeEnsemble.LEAF) {
        return;
      }
      directions(root, end);
      for (int point = 0; point < rule.points(); point++) {
        up(root, end, point);
        down(root, end, point);
      }
    }

    private void directions(int root, int end) {
      for (int node = root; node < end; node++) {
        if (child[node] != TreeEnsemble.LEAF) {
          hot[node - root] = trees.next(node, vector) - root;
          int again = repeat[node];
          if (again >= 0) {
            int above = shares.above(again) - root;
            boolean follows = hot[above] == shares.wayAbove(again) - root;
            isOff[node - root] = !follows || (repeat[above + root] >= 0 && isOff[above]);
          }
        }
      }
    }

    private void up(int root, int end, int point) {
      double usual = rule.place(point);
      for (int node = end - 1; node >= root; node--) {
        int at = node - root;
        int next = child[node];
        if (next == TreeEnsemble.LEAF) {
          inner[at] = value[node];
          continue;
        }
        double right = inner[next - root + 1];
        double mean = right + left[node] * (inner[next - root] - right);
        gain[at] = inner[hot[at]] - mean;
        int again = repeat[node];
        double here = again < 0 ? usual : isOff[at] ? 0 : known[point][again];
        inner[at] = mean + here * gain[at];
      }
    }

    private void down(int root, int end, int point) {
      double usual = rule.place(point);
      double weight = rule.weight(point);
      reach[0] = 1;
      for (int node = root; node < end; node++) {
        int next = child[node];
        if (next == TreeEnsemble.LEAF) {
          continue;
        }
        int at = node - root;
        int again = repeat[node];
        boolean isLost = again >= 0 && isOff[at];
        double here = again < 0 ? usual : isLost ? 0 : known[point][again];
        double scale = again < 0 ? weight : isLost ? 0 : factor[point][again];
        int feature = split[node] < 0 ? ~split[node] : split[node];
        sums[feature] += reach[at] * scale * gain[at];
        double unknown = reach[at] * (1 - here);
        reach[next - root] = unknown * left[node];
        reach[next - root + 1] = unknown * (1 - left[node]);
        reach[hot[at]] += reach[at] * here;
      }
    }
  }
}
