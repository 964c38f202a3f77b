package io.weir.scoring.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.scoring.feature.FeatureSchema;
import java.util.Map;

/**
 * What one should know before trusting a model.
 *
 * @param version as in the model file: when it was trained and a hash of its content
 * @param trainedAt RFC 3339, UTC
 * @param metrics on the test part, which training never saw
 * @param importance each feature's share of the total gain
 */
public record ModelCard(
    String name,
    String version,
    String trainedAt,
    double seconds,
    Rows rows,
    int trees,
    Evaluation metrics,
    FeatureSchema featureSchema,
    Map<String, Double> importance,
    TrainingSettings settings) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** How many sessions went where; visitors, not sessions, were split. */
  public record Rows(
      int all, int positives, int train, int validation, int test, int leftOutBotsAndRetracted) {
    static Rows of(TrainingSet set) {
      return new Rows(
          set.rows(),
          set.positives(),
          set.train().size(),
          set.validation().size(),
          set.test().size(),
          set.leftOut());
    }
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a card is always valid JSON", e);
    }
  }
}
