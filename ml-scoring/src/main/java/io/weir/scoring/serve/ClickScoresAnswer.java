package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.serve.ScoreAnswer.ReasonAnswer;
import java.util.List;

/** The scores of ad impressions in the order of the request. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ClickScoresAnswer(List<ClickAnswer> scores) {

  /** A score, the features that moved it most, and the model that gave it. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ClickAnswer(
      @JsonProperty("click_score") @Schema(minimum = "0", maximum = "1") double clickScore,
      @JsonProperty("reasons") List<ReasonAnswer> reasons,
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion) {}

  static ClickScoresAnswer of(
      LoadedModel model, List<ImpressionReader.Impression> impressions, int reasons) {
    return new ClickScoresAnswer(
        impressions.stream()
            .map(each -> ImpressionScorer.vector(model, each.past(), each.event()))
            .map(vector -> answer(model, vector, reasons))
            .toList());
  }

  private static ClickAnswer answer(LoadedModel model, float[] vector, int reasons) {
    return new ClickAnswer(
        model.model().score(vector),
        TopReasons.of(model, vector, reasons).stream().map(ReasonAnswer::of).toList(),
        model.name(),
        model.version());
  }
}
