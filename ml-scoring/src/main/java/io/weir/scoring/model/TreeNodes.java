package io.weir.scoring.model;

import java.util.Arrays;

/**
 * The nodes of one tree, root first, as parallel arrays. A node whose left child is negative is a
 * leaf, and its value is the tree's answer. The value of another node is its threshold: smaller
 * values go left, the others right, and missing ones where {@code defaultsLeft} points.
 *
 * @param cover the weight of the training rows at each node; empty if it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
public record TreeNodes(
    int[] left, int[] right, int[] feature, float[] value, boolean[] defaultsLeft, float[] cover) {

  public TreeNodes {
    int size = left.length;
    if (size == 0
        || right.length != size
        || feature.length != size
        || value.length != size
        || defaultsLeft.length != size
        || (cover.length != size && cover.length != 0)) {
      throw new IllegalArgumentException("a tree needs a root, and arrays of one length");
    }
  }

  public int size() {
    return left.length;
  }

  public boolean hasCover() {
    return cover.length > 0;
  }

  /** The tree below a node of a sound tree, which becomes the root. */
  TreeNodes below(int top) {
    var nodes = new int[size()];
    var lefts = new int[size()];
    var rights = new int[size()];
    nodes[0] = top;
    int count = 1;
    for (int at = 0; at < count; at++) {
      boolean isLeaf = isLeaf(nodes[at]);
      lefts[at] = isLeaf ? -1 : count;
      rights[at] = isLeaf ? -1 : count + 1;
      if (!isLeaf) {
        nodes[count++] = left[nodes[at]];
        nodes[count++] = right[nodes[at]];
      }
    }
    var below =
        new TreeNodes(
            Arrays.copyOf(lefts, count),
            Arrays.copyOf(rights, count),
            new int[count],
            new float[count],
            new boolean[count],
            new float[hasCover() ? count : 0]);
    for (int at = 0; at < count; at++) {
      below.feature[at] = feature[nodes[at]];
      below.value[at] = value[nodes[at]];
      below.defaultsLeft[at] = defaultsLeft[nodes[at]];
      if (hasCover()) {
        below.cover[at] = cover[nodes[at]];
      }
    }
    return below;
  }

  public boolean isLeaf(int node) {
    return left[node] < 0;
  }
}
