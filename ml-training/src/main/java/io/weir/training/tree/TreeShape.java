package io.weir.training.tree;

/**
 * The settings that decide what trees look like; a search tries several.
 *
 * @param depth splits from the root to a leaf
 * @param learningRate the share of each tree's answer that counts
 * @param leastWeight the least sum of p (1 - p) of the rows of a leaf
 * @param rowShare the share of rows, drawn anew, that each tree sees
 * @param featureShare the share of features, drawn anew, that each tree sees
 * @param penalty of large answers (L2)
 */
public record TreeShape(
    int depth,
    double learningRate,
    double leastWeight,
    double rowShare,
    double featureShare,
    double penalty) {

  public TreeShape {
    boolean arePositive = depth >= 1 && learningRate > 0 && leastWeight >= 0 && penalty >= 0;
    if (!arePositive || !isShare(rowShare) || !isShare(featureShare)) {
      throw new IllegalArgumentException("settings of trees are positive, shares at most 1");
    }
  }

  private static boolean isShare(double share) {
    return share > 0 && share <= 1;
  }

  /** The shape that fits most tables. */
  public static TreeShape standard() {
    return new TreeShape(5, 0.05, 1, 1, 1, 1);
  }

  /** The shape with other depth. */
  public TreeShape withDepth(int splits) {
    return new TreeShape(splits, learningRate, leastWeight, rowShare, featureShare, penalty);
  }
}
