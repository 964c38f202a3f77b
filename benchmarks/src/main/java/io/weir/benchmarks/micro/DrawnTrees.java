package io.weir.benchmarks.micro;

import io.weir.scoring.model.ModelFormatException;
import io.weir.scoring.model.TreeEnsemble;
import io.weir.scoring.model.TreeNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** 300 full trees of depth 6 with random splits, and vectors of 82 features for them. */
public final class DrawnTrees {
  private static final int FEATURES = 82;
  private static final int TREES = 300;
  private static final int DEPTH = 6;
  private static final int VECTORS = 1 << 10;
  private static final int MISSING = 10;

  private final Random random = new Random(1);
  private final TreeEnsemble trees;
  private final float[][] vectors = new float[VECTORS][FEATURES];

  public DrawnTrees() {
    List<TreeNodes> drawn = new ArrayList<>();
    for (int tree = 0; tree < TREES; tree++) {
      drawn.add(tree());
    }
    try {
      trees = TreeEnsemble.of(FEATURES, 0.5f, drawn);
    } catch (ModelFormatException e) {
      throw new AssertionError("the trees are whole", e);
    }
    for (float[] vector : vectors) {
      for (int at = 0; at < FEATURES; at++) {
        vector[at] = random.nextInt(MISSING) == 0 ? Float.NaN : (float) random.nextGaussian();
      }
    }
  }

  /** A tree with every node of its depth: what a trained one has at most. */
  private TreeNodes tree() {
    int inner = (1 << DEPTH) - 1;
    int size = 2 * inner + 1;
    var left = new int[size];
    var right = new int[size];
    var feature = new int[size];
    var value = new float[size];
    var defaultsLeft = new boolean[size];
    var cover = new float[size];
    cover[0] = 1 << 20;
    for (int node = 0; node < size; node++) {
      boolean isLeaf = node >= inner;
      left[node] = isLeaf ? -1 : 2 * node + 1;
      right[node] = isLeaf ? -1 : 2 * node + 2;
      feature[node] = random.nextInt(FEATURES);
      value[node] = (float) random.nextGaussian();
      defaultsLeft[node] = random.nextBoolean();
      if (!isLeaf) {
        float share = 0.1f + 0.8f * random.nextFloat();
        cover[left[node]] = share * cover[node];
        cover[right[node]] = cover[node] - cover[left[node]];
      }
    }
    return new TreeNodes(left, right, feature, value, defaultsLeft, cover);
  }

  public TreeEnsemble trees() {
    return trees;
  }

  /** A vector; numbers go round. */
  public float[] vector(int number) {
    return vectors[number & (VECTORS - 1)];
  }
}
