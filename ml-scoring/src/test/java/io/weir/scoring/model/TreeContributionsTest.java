package io.weir.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeContributionsTest {
  private static final int FEATURES = 4;

  private final Random random = new Random(1);

  /** Four features in trees of depth 5 and 9: each comes again and again on a path. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9})
  void contributions_areTheShapleyValuesByDefinition(int depth) throws ModelFormatException {
    for (int round = 0; round < 20; round++) {
      TreeNodes tree = tree(depth);
      float[] vector = vector();

      double[] found = contributions(tree).of(vector);

      for (int feature = 0; feature < FEATURES; feature++) {
        assertThat(found[feature]).isCloseTo(shapley(tree, vector, feature), within(1e-5));
      }
      assertThat(found[FEATURES]).isCloseTo(expected(tree, vector, 0, 0), within(1e-9));
    }
  }

  @Test
  void nodesThatNoTrainingRowReached_areNoProblem() throws ModelFormatException {
    TreeNodes tree = tree(5);
    Arrays.fill(tree.cover(), 0);

    double[] found = contributions(tree).of(vector());

    assertThat(Arrays.stream(found).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  void treesWithoutWeightsOfTrainingRows_haveNone() throws ModelFormatException {
    TreeNodes whole = tree(2);
    var bare =
        new TreeNodes(
            whole.left(),
            whole.right(),
            whole.feature(),
            whole.value(),
            whole.defaultsLeft(),
            new float[0]);

    assertThat(TreeEnsemble.of(FEATURES, 0.5f, List.of(whole, bare)).contributions()).isEmpty();
  }

  @Test
  void treesOfOneLeaf_areExpectedOnly() throws ModelFormatException {
    double[] found = contributions(tree(0)).of(vector());

    assertThat(found).startsWith(0, 0, 0, 0);
    assertThat(found[FEATURES]).isNotZero();
  }

  /** More trees of one depth than are computed side by side. */
  @Test
  void manyTrees_addUp() throws ModelFormatException {
    TreeNodes tree = tree(3);
    int copies = 641;
    TreeEnsemble many = TreeEnsemble.of(FEATURES, 0.5f, Collections.nCopies(copies, tree));
    float[] vector = vector();

    double[] one = contributions(tree).of(vector);
    double[] found = many.contributions().orElseThrow().of(vector);

    for (int at = 0; at <= FEATURES; at++) {
      assertThat(found[at]).isCloseTo(copies * one[at], within(1e-3));
    }
  }

  private static TreeContributions contributions(TreeNodes tree) throws ModelFormatException {
    return TreeEnsemble.of(FEATURES, 0.5f, List.of(tree)).contributions().orElseThrow();
  }

  /** The mean over all orders of the others of what knowing the feature adds. */
  private static double shapley(TreeNodes tree, float[] vector, int feature) {
    double[] weights = {1 / 4.0, 1 / 12.0, 1 / 12.0, 1 / 4.0};
    double sum = 0;
    for (int known = 0; known < 1 << FEATURES; known++) {
      if ((known >> feature & 1) == 0) {
        double without = expected(tree, vector, known, 0);
        double with = expected(tree, vector, known | 1 << feature, 0);
        sum += weights[Integer.bitCount(known)] * (with - without);
      }
    }
    return sum;
  }

  /** The answer when only some features are known: the others go both ways by cover. */
  private static double expected(TreeNodes tree, float[] vector, int known, int node) {
    if (tree.isLeaf(node)) {
      return tree.value()[node];
    }
    int left = tree.left()[node];
    int right = tree.right()[node];
    int feature = tree.feature()[node];
    if ((known >> feature & 1) == 1) {
      boolean isMissing = Float.isNaN(vector[feature]);
      boolean goesLeft =
          isMissing ? tree.defaultsLeft()[node] : vector[feature] < tree.value()[node];
      return expected(tree, vector, known, goesLeft ? left : right);
    }
    double share = tree.cover()[left] / ((double) tree.cover()[left] + tree.cover()[right]);
    return share * expected(tree, vector, known, left)
        + (1 - share) * expected(tree, vector, known, right);
  }

  private float[] vector() {
    var vector = new float[FEATURES];
    for (int at = 0; at < FEATURES; at++) {
      vector[at] = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(5) - 2;
    }
    return vector;
  }

  /** A tree in which about one way in eight ends early; thresholds meet values exactly. */
  private TreeNodes tree(int depth) {
    int size = (2 << depth) - 1;
    var left = new int[size];
    var right = new int[size];
    var feature = new int[size];
    var value = new float[size];
    var defaultsLeft = new boolean[size];
    var cover = new float[size];
    cover[0] = 1_000;
    int used = 1;
    for (int node = 0; node < used; node++) {
      boolean isLeaf = used + 2 > size || (random.nextInt(8) == 0 && node > 0);
      left[node] = isLeaf ? -1 : used;
      right[node] = isLeaf ? -1 : used + 1;
      feature[node] = random.nextInt(FEATURES);
      value[node] = isLeaf ? (float) random.nextGaussian() : random.nextInt(5) - 2;
      defaultsLeft[node] = random.nextBoolean();
      if (!isLeaf) {
        cover[used] = cover[node] * (0.1f + 0.8f * random.nextFloat());
        cover[used + 1] = cover[node] - cover[used];
        used += 2;
      }
    }
    return new TreeNodes(
        Arrays.copyOf(left, used),
        Arrays.copyOf(right, used),
        Arrays.copyOf(feature, used),
        Arrays.copyOf(value, used),
        Arrays.copyOf(defaultsLeft, used),
        Arrays.copyOf(cover, used));
  }
}
