package io.weir.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeLevelsTest {
  private static final int FEATURES = 7;
  private static final int ROWS = 200;

  /** Values that meet thresholds exactly, and those at the ends of the order. */
  private static final float[] SPECIAL = {
    Float.NaN,
    0f,
    -0f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1,
    -1,
    Math.nextUp(1f),
    Math.nextDown(-1f),
    Float.intBitsToFloat(0xffc00001)
  };

  private final Random random = new Random(16);

  @Test
  void margins_haveTheBitsOfAPlainWalk() throws ModelFormatException {
    int stored = 0;
    for (int round = 0; round < 400; round++) {
      List<TreeNodes> trees = trees();
      TreeEnsemble ensemble = TreeEnsemble.of(FEATURES, 0.3f, trees);
      stored += ensemble.hasLevels() ? 1 : 0;
      for (int row = 0; row < ROWS; row++) {
        float[] vector = vector();

        assertThat(bits(ensemble.margin(vector))).isEqualTo(bits(plain(trees, vector)));
        assertThat(bits(ensemble.walkedMargin(vector))).isEqualTo(bits(plain(trees, vector)));
      }
    }
    assertThat(stored).isBetween(100, 399);
  }

  /** NaN has many bit patterns; a negative one must not be taken for the lowest value. */
  @Test
  void everySpecialValue_atEverySpecialThreshold_goesItsWay() throws ModelFormatException {
    for (float threshold : SPECIAL) {
      if (Float.isFinite(threshold)) {
        for (boolean defaultsLeft : new boolean[] {true, false}) {
          TreeEnsemble stump = TreeEnsemble.of(1, 0.5f, List.of(stump(threshold, defaultsLeft)));
          for (float value : SPECIAL) {
            boolean goesLeft = Float.isNaN(value) ? defaultsLeft : value < threshold;
            assertThat(stump.margin(new float[] {value})).isEqualTo(goesLeft ? 2 : 3);
          }
        }
      }
    }
  }

  @Test
  void tenLevels_areStored_elevenAreWalked() throws ModelFormatException {
    assertThat(TreeEnsemble.of(FEATURES, 0.5f, List.of(chain(10))).hasLevels()).isTrue();
    assertThat(TreeEnsemble.of(FEATURES, 0.5f, List.of(chain(11))).hasLevels()).isFalse();
  }

  /** A small file must not become gigabytes. */
  @Test
  void manyLopsidedTrees_areWalked() throws ModelFormatException {
    TreeNodes lopsided = chain(10);

    assertThat(ofCopies(lopsided, 1 << 10).hasLevels()).isTrue();
    assertThat(ofCopies(lopsided, (1 << 10) + 1).hasLevels()).isFalse();
  }

  @Test
  void manyThreads_getTheSameMargins() throws ModelFormatException {
    TreeEnsemble ensemble = TreeEnsemble.of(FEATURES, 0.5f, List.of(tree(6, 0), tree(6, 3)));
    float[][] vectors = IntStream.range(0, 500).mapToObj(_ -> vector()).toArray(float[][]::new);
    List<Integer> expected =
        Arrays.stream(vectors).map(vector -> bits(ensemble.walkedMargin(vector))).toList();

    assertThat(
            IntStream.range(0, 200_000)
                .parallel()
                .filter(at -> bits(ensemble.margin(vectors[at % 500])) != expected.get(at % 500))
                .count())
        .isZero();
  }

  private static TreeEnsemble ofCopies(TreeNodes tree, int copies) throws ModelFormatException {
    return TreeEnsemble.of(FEATURES, 0.5f, Collections.nCopies(copies, tree));
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  /** The definition, on the trees as they were given. */
  private static float plain(List<TreeNodes> trees, float[] vector) {
    var margin = (float) -StrictMath.log(1.0 / 0.3f - 1.0);
    for (TreeNodes tree : trees) {
      int node = 0;
      while (!tree.isLeaf(node)) {
        float value = vector[tree.feature()[node]];
        boolean goesLeft =
            Float.isNaN(value) ? tree.defaultsLeft()[node] : value < tree.value()[node];
        node = goesLeft ? tree.left()[node] : tree.right()[node];
      }
      margin += tree.value()[node];
    }
    return margin;
  }

  private List<TreeNodes> trees() {
    int most = random.nextInt(13);
    var trees = new ArrayList<TreeNodes>();
    for (int tree = 0; tree < 1 + random.nextInt(12); tree++) {
      trees.add(random.nextInt(5) == 0 ? chain(random.nextInt(most + 1)) : tree(most, 6));
    }
    return trees;
  }

  private float[] vector() {
    var vector = new float[FEATURES];
    for (int at = 0; at < FEATURES; at++) {
      vector[at] = value();
    }
    return vector;
  }

  private float value() {
    return random.nextBoolean()
        ? SPECIAL[random.nextInt(SPECIAL.length)]
        : Float.intBitsToFloat(random.nextInt());
  }

  private float finite() {
    float value = value();
    return Float.isFinite(value) ? value : random.nextInt(3) - 1;
  }

  private static TreeNodes stump(float threshold, boolean defaultsLeft) {
    return new TreeNodes(
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new int[3],
        new float[] {threshold, 2, 3},
        new boolean[] {defaultsLeft, false, false},
        new float[0]);
  }

  /** A tree with one split on each level. */
  private TreeNodes chain(int depth) {
    return grown(2 * depth + 1, (node, used) -> node == used - 1 || node == 0);
  }

  /**
   * A tree of at most this depth.
   *
   * @param oneIn about so many nodes end early; 0 for none
   */
  private TreeNodes tree(int depth, int oneIn) {
    return grown(
        (2 << depth) - 1, (node, _) -> oneIn == 0 || node == 0 || random.nextInt(oneIn) > 0);
  }

  /** Whether a node is split when so many nodes are placed. */
  private interface Growth {
    boolean isSplit(int node, int used);
  }

  private TreeNodes grown(int most, Growth growth) {
    var left = new int[most];
    var right = new int[most];
    var feature = new int[most];
    var value = new float[most];
    var defaultsLeft = new boolean[most];
    int used = 1;
    for (int node = 0; node < used; node++) {
      boolean isSplit = used + 2 <= most && growth.isSplit(node, used);
      left[node] = isSplit ? used : -1;
      right[node] = isSplit ? used + 1 : -1;
      feature[node] = random.nextInt(FEATURES);
      value[node] = isSplit ? finite() : (float) random.nextGaussian();
      defaultsLeft[node] = random.nextBoolean();
      used += isSplit ? 2 : 0;
    }
    return new TreeNodes(
        Arrays.copyOf(left, used),
        Arrays.copyOf(right, used),
        Arrays.copyOf(feature, used),
        Arrays.copyOf(value, used),
        Arrays.copyOf(defaultsLeft, used),
        new float[0]);
  }
}
