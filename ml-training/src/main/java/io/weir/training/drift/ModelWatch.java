package io.weir.training.drift;

import io.weir.training.quality.BinaryQuality;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The quality of a model on the sessions that it has scored, and their drift.
 *
 * @param quality of the stored scores against what became of the sessions
 * @param drifts the scores first, then the features in the order of the vector; empty if the model
 *     has no snapshot
 */
public record ModelWatch(
    TrainedModel model, BinaryQuality quality, double meanScore, List<FeatureDrift> drifts) {

  public ModelWatch {
    drifts = List.copyOf(drifts);
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
