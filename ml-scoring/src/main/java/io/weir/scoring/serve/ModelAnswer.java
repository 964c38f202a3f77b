package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model in use as REST shows it.
 *
 * @param card the report that training wrote beside the model, if any
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ModelAnswer(
    String name,
    String version,
    int trees,
    String source,
    @JsonProperty("loaded_at") @Schema(format = "date-time") String loadedAt,
    @JsonProperty("feature_set_version") int featureSetVersion,
    @JsonProperty("feature_fingerprint") String featureFingerprint,
    List<FeatureAnswer> features,
    @Schema(implementation = Object.class, nullable = true) @Nullable JsonNode card) {

  /**
   * One input of the model.
   *
   * @param words what the feature can be; only for a feature of words
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FeatureAnswer(
      String name,
      @Schema(
              type = "string",
              allowableValues = {"number", "word"})
          String type,
      @Nullable List<String> words) {}
}
