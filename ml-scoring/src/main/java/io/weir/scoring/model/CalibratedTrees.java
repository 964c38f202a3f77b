package io.weir.scoring.model;

/**
 * Trees whose log-odds are calibrated: the probability is the sigmoid of {@code slope * margin +
 * intercept}.
 */
public record CalibratedTrees(Trees trees, double slope, double intercept) implements Model {

  public CalibratedTrees {
    if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException("slope and intercept are finite");
    }
  }

  @Override
  public float score(float[] features) {
    double margin = slope * trees.margin(features) + intercept;
    return (float) (1.0 / (1.0 + StrictMath.exp(-margin)));
  }
}
