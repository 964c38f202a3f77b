package io.weir.training.drift;

import io.weir.training.quality.BinaryQuality;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The quality of a model on what it has scored, and the drift of that.
 *
 * @param compared the number of rows that were compared with the training data
 * @param quality of the stored scores against what became of the rows; of none while no outcome is
 *     known
 * @param meanScore of the rows whose outcome is known; of those that were compared if none is
 * @param drifts the scores first, then the features in the order of the vector; empty if the model
 *     has no snapshot, or no row was compared
 */
public record ModelWatch(
    TrainedModel model,
    int compared,
    BinaryQuality quality,
    double meanScore,
    List<FeatureDrift> drifts) {

  public ModelWatch {
    drifts = List.copyOf(drifts);
  }

  /** The rows that the figures stand on, for the order of models. */
  int rows() {
    return Math.max(compared, quality.rows());
  }

  /** The drift of the scores. */
  public Optional<FeatureDrift> ofScores() {
    return drifts.stream().findFirst();
  }

  /** The features, the one that is farthest from the training data first. */
  public List<FeatureDrift> features() {
    return drifts.stream()
        .skip(1)
        .sorted(Comparator.comparingDouble(FeatureDrift::psi).reversed())
        .toList();
  }
}
