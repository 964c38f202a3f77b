package io.weir.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinedTreesTest {
  private static final int PLACE = 1;

  /** Below the root is a stump on feature 0, on the given side; the other side is a leaf. */
  private static TreeNodes rooted(int place, boolean isLeft, float other, float low, float high) {
    int stump = isLeft ? 1 : 2;
    int leaf = isLeft ? 2 : 1;
    var left = new int[] {1, -1, -1, -1, -1};
    var right = new int[] {2, -1, -1, -1, -1};
    var value = new float[] {0.5f, 0, 0, low, high};
    left[stump] = 3;
    right[stump] = 4;
    value[stump] = 2;
    value[leaf] = other;
    var cover = new float[] {10, 0, 0, 1, 3};
    cover[stump] = 4;
    cover[leaf] = 6;
    return new TreeNodes(left, right, new int[] {place, 0, 0, 0, 0}, value, new boolean[5], cover);
  }

  private static TreeNodes ofZeros(float low, float high) {
    return rooted(PLACE, true, 0, low, high);
  }

  private static TreeNodes ofOnes(float low, float high) {
    return rooted(PLACE, false, 0, low, high);
  }

  private static Optional<JoinedTrees> cut(TreeNodes... trees) throws ModelFormatException {
    return JoinedTrees.of(2, 0.5f, List.of(trees), PLACE);
  }

  @Test
  void eachKind_meetsItsOwnTreesOnly() throws ModelFormatException {
    JoinedTrees joined = cut(ofOnes(1, 2), ofZeros(-4, -8), ofOnes(4, 8)).orElseThrow();

    assertThat(joined.trees()).isEqualTo(3);
    assertThat(joined.margin(new float[] {0, 1})).isEqualTo(5);
    assertThat(joined.margin(new float[] {3, Float.NaN})).isEqualTo(10);
    assertThat(joined.margin(new float[] {3, 0})).isEqualTo(-8);
    assertThat(joined.score(new float[] {3, 0})).isLessThan(0.001f);
    // A quarter of the rows of a kind went left: all is of that kind.
    MarginParts parts = joined.contributions().orElseThrow();
    assertThat(parts.of(new float[] {3, 0})).containsExactly(-1, 0, -7);
    assertThat(parts.of(new float[] {3, 1})).containsExactly(1.25, 0, 8.75);
  }

  @Test
  void treesThatAreNotJoined_stayTogether() throws ModelFormatException {
    assertThat(cut(ofOnes(1, 2), ofZeros(1, 2))).isPresent();
    assertThat(cut(ofOnes(1, 2), ofOnes(1, 2))).isEmpty();
    assertThat(cut(ofZeros(1, 2))).isEmpty();
    assertThat(cut(ofOnes(1, 2), ofZeros(1, 2), rooted(0, true, 0, 1, 2))).isEmpty();
    assertThat(cut(ofOnes(1, 2), ofZeros(1, 2), rooted(PLACE, true, 1, 1, 2))).isEmpty();
    TreeNodes missingGoesLeft = ofZeros(1, 2);
    missingGoesLeft.defaultsLeft()[0] = true;
    assertThat(cut(ofOnes(1, 2), missingGoesLeft)).isEmpty();
    TreeNodes anotherThreshold = ofZeros(1, 2);
    anotherThreshold.value()[0] = 0.25f;
    assertThat(cut(ofOnes(1, 2), anotherThreshold)).isEmpty();
    assertThat(JoinedTrees.of(2, 0.5f, List.of(ofOnes(1, 2), ofZeros(1, 2)), -1)).isEmpty();
  }

  @Test
  void vectorOfAnotherLength_isRefused() throws ModelFormatException {
    JoinedTrees joined = cut(ofOnes(1, 2), ofZeros(1, 2)).orElseThrow();

    assertThatThrownBy(() -> joined.margin(new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 values for 2 features");
  }
}
