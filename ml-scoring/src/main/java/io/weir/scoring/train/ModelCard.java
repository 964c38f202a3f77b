package io.weir.scoring.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.scoring.feature.FeatureSchema;
import java.util.Map;

/**
 * The facts to know before trusting a model.
 *
 * @param version as in the model file: the time of the training and a hash of the content
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

  /** The number of sessions in each part; visitors, not sessions, are split. */
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
