package io.weir.training;

import io.weir.training.artifact.TriedShape;
import io.weir.training.table.FeatureRows;
import io.weir.training.tree.BoostedTrees;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeBoosting;
import io.weir.training.tree.TreeShape;
import java.util.ArrayList;
import java.util.List;

/** Trains one model per shape and keeps the one with the lowest log-loss on the validation part. */
final class TreeSearch {
  private final TrainingPlan plan;
  private final RoundListener listener;
  private final List<TriedShape> tried = new ArrayList<>();

  TreeSearch(TrainingPlan plan, RoundListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * The best trees.
   *
   * @param losses of the validation part after each round, also after the best one
   */
  record Found(BoostedTrees trees, TreeShape shape, int rounds, List<Double> losses)
      implements AutoCloseable {

    @Override
    public void close() {
      trees.close();
    }
  }

  Found train(FeatureRows train, FeatureRows validation) {
    List<TreeShape> shapes = plan.shapes();
    TreeShape first = shapes.getFirst();
    Found best = train(first, train, validation);
    double least = tried.getFirst().logLoss();
    for (TreeShape shape : shapes.subList(1, shapes.size())) {
      Found found = train(shape, train, validation);
      double logLoss = tried.getLast().logLoss();
      // The first of equal ones stays: the user named it.
      boolean isBetter = logLoss < least;
      (isBetter ? best : found).close();
      best = isBetter ? found : best;
      least = Math.min(least, logLoss);
    }
    return best;
  }

  /**
   * The trees joined with others of the same shape, for rows of another kind.
   *
   * @param found trained on rows whose feature is 1; closed by this
   * @param base the share of positive rows that they started from
   * @param place of the feature, which is 0 in the rows of the other kind
   */
  Found joined(Found found, FeatureRows train, FeatureRows validation, double base, int place) {
    var boosting = new TreeBoosting(plan.settings().with(found.shape), listener);
    try (found;
        BoostedTrees others = boosting.train(train, validation, base)) {
      return new Found(
          BoostedTrees.joined(others, found.trees, place),
          found.shape,
          found.rounds + boosting.rounds(),
          found.losses);
    }
  }

  /** All shapes in the order in which they were tried. */
  List<TriedShape> tried() {
    return List.copyOf(tried);
  }

  private Found train(TreeShape shape, FeatureRows train, FeatureRows validation) {
    listener.attempt(tried.size() + 1, plan.search());
    var losses = new ArrayList<Double>();
    var boosting =
        new TreeBoosting(
            plan.settings().with(shape),
            (round, logLoss, best) -> {
              losses.add(logLoss);
              listener.round(round, logLoss, best);
            });
    BoostedTrees trees = boosting.train(train, validation);
    tried.add(new TriedShape(shape, boosting.rounds(), boosting.logLoss()));
    return new Found(trees, shape, boosting.rounds(), losses);
  }
}
