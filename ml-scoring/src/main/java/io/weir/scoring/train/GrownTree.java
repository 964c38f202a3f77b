package io.weir.scoring.train;

import io.weir.scoring.model.TreeNodes;

/** A tree, with the statistics of each node that the file format has. */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record GrownTree(TreeNodes nodes, int[] parent, double[] gain, double[] hessian, double[] weight) {

  float leafValue(float[] vector) {
    int node = 0;
    while (!nodes.isLeaf(node)) {
      float given = vector[nodes.feature()[node]];
      boolean goesLeft =
          given < nodes.value()[node] || (nodes.defaultsLeft()[node] && Float.isNaN(given));
      node = goesLeft ? nodes.left()[node] : nodes.right()[node];
    }
    return nodes.value()[node];
  }
}
