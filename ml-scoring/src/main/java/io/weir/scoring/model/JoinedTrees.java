package io.weir.scoring.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trees of two models in one file, for two kinds of rows that a feature of 0 or 1 tells apart.
 * In the file the root of each tree asks for the feature, and the rows of the other kind meet a
 * leaf of zero. Here they do not meet the tree at all: it costs them nothing, and it is no reason
 * of their scores. The margin has the bits of the file's trees, because adding zero changes none.
 */
final class JoinedTrees implements Trees {
  private static final float THRESHOLD = 0.5f;

  private final int place;
  private final TreeEnsemble ofZeros;
  private final TreeEnsemble ofOnes;

  private JoinedTrees(int place, TreeEnsemble ofZeros, TreeEnsemble ofOnes) {
    this.place = place;
    this.ofZeros = ofZeros;
    this.ofOnes = ofOnes;
  }

  /**
   * Cuts the trees of a file apart; empty if they are not joined.
   *
   * @param trees that are known to be sound
   * @param place of the feature that would join them
   */
  static Optional<JoinedTrees> of(int features, float baseScore, List<TreeNodes> trees, int place)
      throws ModelFormatException {
    var zeros = new ArrayList<TreeNodes>();
    var ones = new ArrayList<TreeNodes>();
    for (TreeNodes tree : trees) {
      if (tree.isLeaf(0)
          || tree.feature()[0] != place
          || tree.value()[0] != THRESHOLD
          || tree.defaultsLeft()[0]) {
        return Optional.empty();
      }
      if (isZero(tree, tree.left()[0])) {
        ones.add(tree.below(tree.right()[0]));
      } else if (isZero(tree, tree.right()[0])) {
        zeros.add(tree.below(tree.left()[0]));
      } else {
        return Optional.empty();
      }
    }
    if (zeros.isEmpty() || ones.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JoinedTrees(
            place,
            TreeEnsemble.of(features, baseScore, zeros),
            TreeEnsemble.of(features, baseScore, ones)));
  }

  private static boolean isZero(TreeNodes tree, int node) {
    return tree.isLeaf(node) && tree.value()[node] == 0;
  }

  /** The trees of the vector's kind; one without the feature is of the ones. */
  private <T> T chosen(float[] vector, T zeros, T ones) {
    if (vector.length != features()) {
      throw new IllegalArgumentException(vector.length + " values for " + features() + " features");
    }
    return vector[place] < THRESHOLD ? zeros : ones;
  }

  @Override
  public int features() {
    return ofOnes.features();
  }

  @Override
  public int trees() {
    return ofZeros.trees() + ofOnes.trees();
  }

  @Override
  public float score(float[] vector) {
    return chosen(vector, ofZeros, ofOnes).score(vector);
  }

  @Override
  public float margin(float[] vector) {
    return chosen(vector, ofZeros, ofOnes).margin(vector);
  }

  @Override
  public Optional<MarginParts> contributions() {
    Optional<TreeContributions> zeros = ofZeros.contributions();
    Optional<TreeContributions> ones = ofOnes.contributions();
    return zeros.isEmpty() || ones.isEmpty()
        ? Optional.empty()
        : Optional.of(vector -> chosen(vector, zeros.get(), ones.get()).of(vector));
  }
}
