package io.weir.training;

import io.weir.training.tree.ShapeSearch;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.util.List;

/**
 * How a training goes about its rows.
 *
 * @param search so many shapes of trees are tried
 * @param mostNegatives so many negative rows are trained on; of more, a sample that weighs as much
 */
record TrainingPlan(TreeSettings settings, int search, int mostNegatives) {
  static final int MOST_NEGATIVES = 1_000_000;

  static TrainingPlan of(TreeSettings settings) {
    return new TrainingPlan(settings, 1, MOST_NEGATIVES);
  }

  TrainingPlan with(TreeSettings other) {
    return new TrainingPlan(other, search, mostNegatives);
  }

  List<TreeShape> shapes() {
    return ShapeSearch.shapes(settings.shape(), search, settings.seed());
  }
}
