package io.weir.training.drift;

import io.weir.model.feature.SessionRates;
import io.weir.training.session.ModelVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a model that its training left.
 *
 * @param trainedAt null: unknown
 * @param auc on the test part, as the other two; null: unknown
 * @param snapshot null: there is none that fits
 * @param rates of campaigns and landing pages
 * @param remark why something is unknown; null: nothing is
 */
public record TrainedModel(
    ModelVersion model,
    @Nullable Instant trainedAt,
    @Nullable Double auc,
    @Nullable Double logLoss,
    @Nullable Double calibrationError,
    @Nullable TrainingSnapshot snapshot,
    @Nullable String remark,
    SessionRates rates) {

  /** The model with the rates that its features need. */
  public TrainedModel with(SessionRates known) {
    return new TrainedModel(
        model, trainedAt, auc, logLoss, calibrationError, snapshot, remark, known);
  }

  /** A model of which only its scores are known. */
  public static TrainedModel unknown(ModelVersion model, String remark) {
    return new TrainedModel(model, null, null, null, null, null, remark, SessionRates.NONE);
  }
}
