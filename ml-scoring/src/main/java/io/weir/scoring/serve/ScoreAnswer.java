package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.contract.avro.ScoreReason;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A score, the features that moved it most, and the model that gave it. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ScoreAnswer(
    @JsonProperty("conversion_score") @Schema(minimum = "0", maximum = "1") double conversionScore,
    @JsonProperty("reasons") List<ReasonAnswer> reasons,
    @JsonProperty("model_name") String modelName,
    @JsonProperty("model_version") String modelVersion) {
  static final String MOST_REASONS = "5";

  /**
   * What a feature adds to the log-odds of a purchase.
   *
   * @param value null where it is unknown
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ReasonAnswer(String feature, @Nullable String value, double contribution) {
    static ReasonAnswer of(ScoreReason reason) {
      return new ReasonAnswer(reason.getFeature(), reason.getValue(), reason.getContribution());
    }
  }

  static ScoreAnswer of(LoadedModel model, float[] vector, int reasons) {
    return new ScoreAnswer(
        model.model().score(vector),
        TopReasons.of(model, vector, reasons).stream().map(ReasonAnswer::of).toList(),
        model.name(),
        model.version());
  }
}
