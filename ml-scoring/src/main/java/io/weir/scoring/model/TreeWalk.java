package io.weir.scoring.model;

/**
 * The contributions of some trees, one tree after the other, in 64-bit floats: for trees of any
 * shape.
 */
final class TreeWalk {
  /*
   * Let each other feature be known with probability t, independently, and let v(t) be the expected
   * answer of a tree. The Shapley value of a feature is the mean over t from 0 to 1 of what knowing
   * it adds to v(t) (Owen, "Multilinear extensions of games", 1972). That is a polynomial in t of a
   * degree below the number of distinct features on a path, so that a few points of Gauss and
   * Legendre give it exactly.
   *
   * At one t, let share be the part of the training rows that went left at a node, and turn what
   * knowing the feature changes: 1 - share if the vector goes left, else -share. The way to the left
   * is taken with probability share + t * turn. One pass up the tree computes the expected answer
   * below each node, and one down the probability of reaching it. Knowing the feature adds
   * reached * turn * (answer on the left - answer on the right).
   *
   * When a node above splits on the same feature, it is known here if it was known there: with the
   * part s of the rows that it lets through to here, t becomes t / (t + (1 - t) s), and the
   * weight of what is added s / (t + (1 - t) s)^2. If the vector goes another way there, nothing
   * is known here: turn is 0.
   */
  private final TreeEnsemble trees;
  private final TreeShares shares;
  private final int[] walked;
  private final Quadrature rule;
  private final double[][] known;
  private final double[][] weight;

  /**
   * @param walked the numbers of the trees
   */
  TreeWalk(TreeEnsemble trees, TreeShares shares, int[] walked) {
    this.trees = trees;
    this.shares = shares;
    this.walked = walked;
    this.rule = Quadrature.of(Math.max(1, (shares.mostOnPath() + 1) / 2));
    this.known = new double[rule.points()][shares.repeats()];
    this.weight = new double[rule.points()][shares.repeats()];
    for (int point = 0; point < rule.points(); point++) {
      for (int repeat = 0; repeat < shares.repeats(); repeat++) {
        double share = shares.shareAbove(repeat);
        known[point][repeat] = rule.known(point, share);
        weight[point][repeat] = rule.weight(point, share);
      }
    }
  }

  /** Adds the contributions of a vector to the sums of its features. */
  void add(float[] vector, double[] sums) {
    if (walked.length > 0) {
      var walk = new Walk(vector, sums);
      for (int tree : walked) {
        walk.through(trees.root(tree), trees.root(tree + 1));
      }
    }
  }

  /** The state of one vector on its way through the trees. */
  private final class Walk {
    private final int[] child = trees.child();
    private final float[] value = trees.value();
    private final double[] share = shares.left();
    private final int[] repeat = shares.repeat();
    private final float[] vector;
    private final double[] sums;

    /** By node of the tree, as are the others: whether the vector goes left. */
    private final boolean[] goesLeft = new boolean[shares.mostNodes()];

    /** The vector leaves the way to this node at a node of the same feature. */
    private final boolean[] isOff = new boolean[shares.mostNodes()];

    private final double[] turn = new double[shares.mostNodes()];
    private final double[] toLeft = new double[shares.mostNodes()];
    private final double[] answer = new double[shares.mostNodes()];
    private final double[] difference = new double[shares.mostNodes()];
    private final double[] reached = new double[shares.mostNodes()];

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
          int at = node - root;
          boolean isLeft = trees.next(node, vector) == child[node];
          goesLeft[at] = isLeft;
          turn[at] = (isLeft ? 1 : 0) - share[node];
          if (repeat[node] >= 0 && isOff(node, root)) {
            turn[at] = 0;
          }
        }
      }
    }

    private boolean isOff(int node, int root) {
      int above = shares.above(repeat[node]);
      boolean follows = goesLeft[above - root] == shares.isLeftOf(repeat[node]);
      isOff[node - root] = !follows || (repeat[above] >= 0 && isOff[above - root]);
      return isOff[node - root];
    }

    private void up(int root, int end, int point) {
      double usual = rule.place(point);
      double[] again = known[point];
      for (int node = end - 1; node >= root; node--) {
        int at = node - root;
        int next = child[node] - root;
        if (next < 0) {
          answer[at] = value[node];
          continue;
        }
        double t = repeat[node] < 0 ? usual : again[repeat[node]];
        toLeft[at] = share[node] + t * turn[at];
        difference[at] = answer[next] - answer[next + 1];
        answer[at] = answer[next + 1] + toLeft[at] * difference[at];
      }
    }

    private void down(int root, int end, int point) {
      double usual = rule.weight(point);
      double[] again = weight[point];
      reached[0] = 1;
      for (int node = root; node < end; node++) {
        int next = child[node] - root;
        if (next >= 0) {
          int at = node - root;
          double scale = repeat[node] < 0 ? usual : again[repeat[node]];
          sums[trees.feature(node)] += scale * reached[at] * turn[at] * difference[at];
          reached[next] = reached[at] * toLeft[at];
          reached[next + 1] = reached[at] - reached[next];
        }
      }
    }
  }
}
