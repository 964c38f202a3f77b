package io.weir.scoring.train;

import org.jspecify.annotations.Nullable;

/** Finds the split of a node with the highest gain; among equals the first. */
final class SplitFinder {
  /** A gain below this is rounding noise of the sums. */
  private static final double LEAST_GAIN = 1e-9;

  private final Bins bins;
  private final TrainingSettings settings;

  private Sums total = new Sums(0, 0);
  private double bestGain;
  private @Nullable Split best;

  SplitFinder(Bins bins, TrainingSettings settings) {
    this.bins = bins;
    this.settings = settings;
  }

  @Nullable Split best(Histogram histogram, Sums nodeTotal) {
    total = nodeTotal;
    bestGain = Math.max(settings.gamma(), LEAST_GAIN);
    best = null;
    for (int feature = 0; feature < bins.features(); feature++) {
      scan(histogram, feature);
    }
    return best;
  }

  /**
   * Tries every threshold with the missing values on either side, then all known values against the
   * missing ones.
   */
  private void scan(Histogram histogram, int feature) {
    int missing = bins.missingSlot(feature);
    double missingGradient = histogram.gradient(missing);
    double missingHessian = histogram.hessian(missing);
    double gradient = 0;
    double hessian = 0;
    for (int slot = bins.firstSlot(feature); slot < missing - 1; slot++) {
      gradient += histogram.gradient(slot);
      hessian += histogram.hessian(slot);
      consider(feature, slot, false, gradient, hessian);
      if (missingHessian > 0) {
        consider(feature, slot, true, gradient + missingGradient, hessian + missingHessian);
      }
    }
    if (missingHessian > 0) {
      double knownGradient = total.gradient() - missingGradient;
      double knownHessian = total.hessian() - missingHessian;
      consider(feature, missing - 1, false, knownGradient, knownHessian);
    }
  }

  private void consider(
      int feature, int slot, boolean missingGoesLeft, double gradient, double hessian) {
    double restHessian = total.hessian() - hessian;
    if (hessian < settings.minChildWeight() || restHessian < settings.minChildWeight()) {
      return;
    }
    double lambda = settings.lambda();
    double rest = total.gradient() - gradient;
    double gain =
        gradient * gradient / (hessian + lambda)
            + rest * rest / (restHessian + lambda)
            - total.quality(lambda);
    if (gain > bestGain) {
      bestGain = gain;
      best = new Split(feature, slot, missingGoesLeft, gain, new Sums(gradient, hessian));
    }
  }
}
