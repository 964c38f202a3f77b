package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.contract.avro.Session;
import io.weir.model.feature.ReturnFeatures;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.serve.ScoreAnswer.ReasonAnswer;
import java.util.List;

/** The scores of closed sessions by the return model, in the order of the request. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReturnScoresAnswer(List<ReturnScoreAnswer> scores) {

  /** A score, the features that moved it most, and the model that gave it. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ReturnScoreAnswer(
      @JsonProperty("return_score") @Schema(minimum = "0", maximum = "1") double returnScore,
      List<ReasonAnswer> reasons,
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion) {

    static ReturnScoreAnswer of(LoadedModel model, float[] vector, int reasons) {
      return new ReturnScoreAnswer(
          model.model().score(vector),
          TopReasons.of(model, vector, reasons).stream().map(ReasonAnswer::of).toList(),
          model.name(),
          model.version());
    }
  }

  static ReturnScoresAnswer of(LoadedModel model, List<Session> sessions, int reasons) {
    return new ReturnScoresAnswer(
        sessions.stream()
            .map(each -> ReturnScoreAnswer.of(model, ReturnFeatures.of(each), reasons))
            .toList());
  }
}
