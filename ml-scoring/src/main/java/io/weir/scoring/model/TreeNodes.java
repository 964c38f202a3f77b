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
    int[] nodes = breadthFirst(top);
    int size = nodes.length;
    var below =
        new TreeNodes(
            new int[size],
            new int[size],
            new int[size],
            new float[size],
            new boolean[size],
            new float[hasCover() ? size : 0]);
    int next = 1;
    for (int at = 0; at < size; at++) {
      int node = nodes[at];
      below.left[at] = isLeaf(node) ? -1 : next++;
      below.right[at] = isLeaf(node) ? -1 : next++;
      below.feature[at] = feature[node];
      below.value[at] = value[node];
      below.defaultsLeft[at] = defaultsLeft[node];
      if (hasCover()) {
        below.cover[at] = cover[node];
      }
    }
    return below;
  }

  private int[] breadthFirst(int top) {
    var nodes = new int[size()];
    nodes[0] = top;
    int count = 1;
    for (int at = 0; at < count; at++) {
      if (!isLeaf(nodes[at])) {
        nodes[count++] = left[nodes[at]];
        nodes[count++] = right[nodes[at]];
      }
    }
    return Arrays.copyOf(nodes, count);
  }

  public boolean isLeaf(int node) {
    return left[node] < 0;
  }
}
