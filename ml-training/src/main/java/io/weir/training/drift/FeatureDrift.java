package io.weir.training.drift;

/**
 * The distance of a feature from the training data.
 *
 * @param psi population stability index
 */
public record FeatureDrift(ColumnShape training, ColumnShape recent, double psi) {

  static FeatureDrift between(ColumnShape training, ColumnShape recent) {
    return new FeatureDrift(training, recent, Stability.index(training, recent));
  }

  public String name() {
    return training.column().name();
  }
}
