package io.weir.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
  private static final int[] NONE = {-1, -1, -1};

  @Test
  void smaller_goesLeft() throws ModelFormatException {
    assertThat(ensemble(true).score(new float[] {0.99f})).isCloseTo(sigmoid(-2), within(1e-6f));
  }

  @Test
  void equal_goesRight() throws ModelFormatException {
    assertThat(ensemble(true).score(new float[] {1})).isCloseTo(sigmoid(3), within(1e-6f));
  }

  @Test
  void missing_goesWhereTheNodeSays() throws ModelFormatException {
    float[] missing = {Float.NaN};

    assertThat(ensemble(true).score(missing)).isCloseTo(sigmoid(-2), within(1e-6f));
    assertThat(ensemble(false).score(missing)).isCloseTo(sigmoid(3), within(1e-6f));
  }

  @Test
  void trees_addUpOverTheBaseScore() throws ModelFormatException {
    TreeEnsemble two = TreeEnsemble.of(1, 0.2f, List.of(stump(true), stump(true)));

    assertThat(two.score(new float[] {5}))
        .isCloseTo(sigmoid(6 + Math.log(0.2 / 0.8)), within(1e-6f));
  }

  @Test
  void vectorOfAnotherLength_isRefused() throws ModelFormatException {
    TreeEnsemble ensemble = ensemble(true);

    assertThatThrownBy(() -> ensemble.score(new float[2])).hasMessageContaining("2 values for 1");
  }

  @Test
  void nodeWithTwoParents_isRefused() {
    assertBroken(tree(new int[] {1, 0, -1}, new int[] {2, 2, -1}, 0), "node 1: its child 0");
  }

  @Test
  void childThatDoesNotExist_isRefused() {
    assertBroken(tree(new int[] {1, -1, -1}, new int[] {9, -1, -1}, 0), "its child 9");
  }

  @Test
  void featureThatDoesNotExist_isRefused() {
    assertBroken(tree(new int[] {1, -1, -1}, new int[] {2, -1, -1}, 4), "feature 4 of 1");
  }

  @Test
  void baseScoreOfOne_isRefused() {
    assertThatThrownBy(() -> TreeEnsemble.of(1, 1, List.of(stump(true))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("base_score: 1.0");
  }

  private static void assertBroken(TreeNodes tree, String message) {
    assertThatThrownBy(() -> TreeEnsemble.of(1, 0.5f, List.of(tree)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  private static TreeEnsemble ensemble(boolean missingGoesLeft) throws ModelFormatException {
    return TreeEnsemble.of(1, 0.5f, List.of(stump(missingGoesLeft)));
  }

  private static TreeNodes stump(boolean missingGoesLeft) {
    boolean[] defaults = {missingGoesLeft, false, false};
    int[] left = NONE.clone();
    int[] right = NONE.clone();
    left[0] = 1;
    right[0] = 2;
    return new TreeNodes(left, right, new int[3], new float[] {1, -2, 3}, defaults, new float[0]);
  }

  private static TreeNodes tree(int[] left, int[] right, int feature) {
    int[] features = {feature, 0, 0};
    return new TreeNodes(
        left, right, features, new float[] {1, -2, 3}, new boolean[3], new float[0]);
  }

  private static float sigmoid(double margin) {
    return (float) (1 / (1 + Math.exp(-margin)));
  }
}
