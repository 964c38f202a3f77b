package io.weir.scoring.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gradient boosting for a yes-or-no outcome: each tree takes a Newton step of the logistic loss,
 * and training stops when the validation part has not improved for a while. One thread, one seed,
 * one result: {@code StrictMath} gives the same bits on every processor.
 */
public final class Trainer {
  /*
   * Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016: second-order gain
   * (eq. 7), shrinkage, learned default direction for missing values (algorithm 3), here over
   * histograms. Rows are sampled per tree, as in Friedman, "Stochastic Gradient Boosting", 2002.
   */
  private final TrainingSettings settings;
  private final SplittableRandom random;

  public Trainer(TrainingSettings settings) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  public TrainedTrees train(LabelledRows train, LabelledRows validation) {
    var baseScore = (float) train.baseRate();
    var trees = new ArrayList<GrownTree>();
    var gradients = new Gradients(train.converted());
    var grower = new TreeGrower(train.vectors(), gradients, settings);
    float[] margins = startMargins(train.size(), baseScore);
    float[] validationMargins = startMargins(validation.size(), baseScore);
    double bestLoss = Double.MAX_VALUE;
    int bestTrees = 0;
    while (trees.size() < settings.trees() && trees.size() - bestTrees < settings.patience()) {
      gradients.update(margins);
      GrownTree tree = grower.grow(sample(train.size()));
      trees.add(tree);
      advance(margins, train.vectors(), tree);
      advance(validationMargins, validation.vectors(), tree);
      double loss = LogLoss.ofMargins(validationMargins, validation.converted());
      if (loss < bestLoss) {
        bestLoss = loss;
        bestTrees = trees.size();
      }
    }
    return new TrainedTrees(
        train.vectors()[0].length, baseScore, List.copyOf(trees.subList(0, bestTrees)));
  }

  private static float[] startMargins(int rows, float baseScore) {
    var margins = new float[rows];
    Arrays.fill(margins, (float) -StrictMath.log(1.0 / baseScore - 1.0));
    return margins;
  }

  private static void advance(float[] margins, float[][] vectors, GrownTree tree) {
    for (int row = 0; row < margins.length; row++) {
      margins[row] += tree.leafValue(vectors[row]);
    }
  }

  private int[] sample(int rows) {
    var chosen = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (settings.subsample() == 1 || random.nextDouble() < settings.subsample()) {
        chosen[count++] = row;
      }
    }
    return Arrays.copyOf(chosen, count);
  }
}
