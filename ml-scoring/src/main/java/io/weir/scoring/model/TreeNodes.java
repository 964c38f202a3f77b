package io.weir.scoring.model;

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

  public boolean isLeaf(int node) {
    return left[node] < 0;
  }
}
