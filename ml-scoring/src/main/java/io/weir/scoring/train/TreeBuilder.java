package io.weir.scoring.train;

import io.weir.scoring.model.TreeNodes;
import java.util.Arrays;

/** Collects the nodes of a growing tree. */
final class TreeBuilder {
  static final int NO_PARENT = -1;

  private int size;
  private int[] left = new int[64];
  private int[] right = new int[64];
  private int[] feature = new int[64];
  private int[] parent = new int[64];
  private float[] value = new float[64];
  private boolean[] defaultsLeft = new boolean[64];
  private double[] gain = new double[64];
  private double[] hessian = new double[64];
  private double[] weight = new double[64];

  /** Adds a leaf, which {@link #split} may turn into an inner node. */
  int addLeaf(int itsParent, double itsWeight, double itsHessian, float itsValue) {
    if (size == left.length) {
      grow();
    }
    left[size] = -1;
    right[size] = -1;
    parent[size] = itsParent;
    weight[size] = itsWeight;
    hessian[size] = itsHessian;
    value[size] = itsValue;
    return size++;
  }

  void split(int node, Split split, float threshold) {
    feature[node] = split.feature();
    value[node] = threshold;
    defaultsLeft[node] = split.missingGoesLeft();
    gain[node] = split.gain();
  }

  void children(int node, int leftChild, int rightChild) {
    left[node] = leftChild;
    right[node] = rightChild;
  }

  private void grow() {
    int capacity = 2 * size;
    left = Arrays.copyOf(left, capacity);
    right = Arrays.copyOf(right, capacity);
    feature = Arrays.copyOf(feature, capacity);
    parent = Arrays.copyOf(parent, capacity);
    value = Arrays.copyOf(value, capacity);
    defaultsLeft = Arrays.copyOf(defaultsLeft, capacity);
    gain = Arrays.copyOf(gain, capacity);
    hessian = Arrays.copyOf(hessian, capacity);
    weight = Arrays.copyOf(weight, capacity);
  }

  GrownTree build() {
    var nodes =
        new TreeNodes(
            Arrays.copyOf(left, size),
            Arrays.copyOf(right, size),
            Arrays.copyOf(feature, size),
            Arrays.copyOf(value, size),
            Arrays.copyOf(defaultsLeft, size));
    return new GrownTree(
        nodes,
        Arrays.copyOf(parent, size),
        Arrays.copyOf(gain, size),
        Arrays.copyOf(hessian, size),
        Arrays.copyOf(weight, size));
  }
}
