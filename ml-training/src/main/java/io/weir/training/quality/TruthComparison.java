package io.weir.training.quality;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model beside the true probabilities of simulated rows.
 *
 * @param rows those of the test part whose true probability is known
 * @param knowable the probability that somebody can know who sees all events
 * @param hidden the probability that the simulator drew with
 */
public record TruthComparison(int rows, int positives, Side model, Side knowable, Side hidden) {

  /** The quality of one kind of probabilities on these rows. */
  public record Side(double auc, double logLoss, double calibrationError) {
    private static Side of(double[] probabilities, boolean[] outcomes) {
      BinaryQuality quality = BinaryQuality.of(probabilities, outcomes, 0.5);
      return new Side(quality.auc(), quality.logLoss(), quality.calibrationError());
    }
  }

  /** The true probabilities of all rows of the test part; NaN where they are not known. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Truth(double[] hidden, double[] knowable) {}

  /** Compares; null if too few rows are known to have both outcomes. */
  public static @Nullable TruthComparison of(double[] model, Truth truth, boolean[] outcomes) {
    int[] known =
        IntStream.range(0, model.length).filter(row -> !Double.isNaN(truth.hidden[row])).toArray();
    var found = new boolean[known.length];
    int positives = 0;
    for (int at = 0; at < known.length; at++) {
      found[at] = outcomes[known[at]];
      positives += found[at] ? 1 : 0;
    }
    if (positives == 0 || positives == known.length) {
      return null;
    }
    return new TruthComparison(
        known.length,
        positives,
        Side.of(picked(known, row -> model[row]), found),
        Side.of(picked(known, row -> truth.knowable[row]), found),
        Side.of(picked(known, row -> truth.hidden[row]), found));
  }

  private static double[] picked(int[] rows, IntToDoubleFunction value) {
    return IntStream.of(rows).mapToDouble(value).toArray();
  }

  /** The distance of the AUC of the model from what can be known. */
  public double gap() {
    return knowable.auc - model.auc;
  }
}
