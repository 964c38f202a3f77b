package io.weir.scoring.train;

import java.util.List;

/** The result of training: a start probability and the trees that correct it. */
public record TrainedTrees(int features, float baseScore, List<GrownTree> trees) {

  public TrainedTrees {
    trees = List.copyOf(trees);
  }

  public int count() {
    return trees.size();
  }

  /** Each feature's share of the total gain; all zero if there was no split. */
  public double[] importance() {
    var gain = new double[features];
    double total = 0;
    for (GrownTree tree : trees) {
      for (int node = 0; node < tree.nodes().size(); node++) {
        gain[tree.nodes().feature()[node]] += tree.gain()[node];
        total += tree.gain()[node];
      }
    }
    for (int feature = 0; feature < features && total > 0; feature++) {
      gain[feature] /= total;
    }
    return gain;
  }
}
