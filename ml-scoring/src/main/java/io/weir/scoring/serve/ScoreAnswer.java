package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** A score and the model that gave it. */
@Serdeable
record ScoreAnswer(
    @JsonProperty("conversion_score") @Schema(minimum = "0", maximum = "1") double conversionScore,
    @JsonProperty("model_name") String modelName,
    @JsonProperty("model_version") String modelVersion) {}
