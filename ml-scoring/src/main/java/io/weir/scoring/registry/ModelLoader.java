package io.weir.scoring.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.model.ModelAttributes;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Turns the bytes of a model and its card into a model that may score sessions. */
final class ModelLoader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeatureSchema schema;

  ModelLoader(FeatureSchema schema) {
    this.schema = schema;
  }

  LoadedModel load(byte[] bytes, Optional<byte[]> card, String source, Instant now)
      throws ModelFormatException {
    ModelFile file = ModelFile.parse(bytes);
    requireSameFeatures(file);
    Map<String, String> attributes = file.attributes();
    String version = attributes.getOrDefault(ModelAttributes.VERSION, "sha256-" + digest(bytes));
    return new LoadedModel(
        file.ensemble(),
        attributes.getOrDefault(ModelAttributes.NAME, "conversion"),
        version,
        file.ensemble().trees(),
        source,
        now,
        card.flatMap(text -> cardOf(text, version)));
  }

  private void requireSameFeatures(ModelFile file) throws ModelFormatException {
    if (!file.features().equals(schema.names()) || file.ensemble().features() != schema.size()) {
      throw new ModelFormatException(
          "learner.feature_names: the model has "
              + file.features()
              + ", this service computes "
              + schema.names());
    }
    String trainedWith = file.attributes().get(ModelAttributes.FEATURES);
    if (trainedWith != null && !trainedWith.equals(schema.fingerprint())) {
      throw new ModelFormatException(
          "learner.attributes."
              + ModelAttributes.FEATURES
              + ": the model was trained with features "
              + trainedWith
              + ", this service computes "
              + schema.fingerprint()
              + "; train it again");
    }
  }

  /** The card; empty if it describes another version or is no JSON. */
  private static Optional<String> cardOf(byte[] text, String version) {
    try {
      JsonNode card = JSON.readTree(text);
      boolean isSame = card != null && card.path("version").asText().equals(version);
      return isSame ? Optional.of(card.toString()) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
