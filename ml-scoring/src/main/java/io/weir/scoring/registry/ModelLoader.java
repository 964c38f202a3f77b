package io.weir.scoring.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.model.CalibratedTrees;
import io.weir.scoring.model.Contributions;
import io.weir.scoring.model.Model;
import io.weir.scoring.model.ModelAttributes;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the files of a model into a model that may score: checksums, features, calibration, golden
 * rows, in this order.
 */
final class ModelLoader {
  private static final int SHORT = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelKind kind;
  private final FeatureSchema schema;

  ModelLoader(ModelKind kind) {
    this.kind = kind;
    this.schema = kind.schema();
  }

  /**
   * Loads and checks a model. A file of an unforeseen form must not end the service.
   *
   * @param version its name; empty: what the file says, or a hash of the file
   */
  @SuppressWarnings("checkstyle:IllegalCatch")
  LoadedModel load(ModelFiles files, Optional<String> version, String source, Instant now)
      throws IOException, ModelFormatException {
    try {
      return checked(files, version, source, now);
    } catch (RuntimeException e) {
      throw new ModelFormatException("the files are not those of a model: " + e, e);
    }
  }

  private LoadedModel checked(
      ModelFiles files, Optional<String> version, String source, Instant now)
      throws IOException, ModelFormatException {
    CheckedFiles checked = CheckedFiles.of(files);
    byte[] bytes = checked.required(ModelFiles.MODEL);
    ModelFile file = ModelFile.parse(bytes);
    requireSameVersion(json(checked, "features.json"));
    requireSameFeatures(file);
    Model model = calibrated(file, json(checked, "calibration.json"));
    Optional<JsonNode> golden = json(checked, "golden.json");
    if (golden.isPresent()) {
      GoldenReplay.check(golden.get(), model, schema.size());
    }
    Map<String, String> attributes = file.attributes();
    String own =
        attributes.getOrDefault(
            ModelAttributes.VERSION, "sha256-" + CheckedFiles.digest(bytes).substring(0, SHORT));
    return new LoadedModel(
        model,
        schema,
        RatesFile.ofClicks(rates(checked, ModelKind.CLICK)),
        RatesFile.ofSessions(rates(checked, ModelKind.CONVERSION)),
        contributions(file, model),
        attributes.getOrDefault(ModelAttributes.NAME, kind.modelName()),
        version.orElse(own),
        file.ensemble().trees(),
        source,
        now,
        json(checked, "report.json").map(JsonNode::toString));
  }

  /** A model that lies in a file alone knows no shares: they are missing, not zero. */
  private Optional<JsonNode> rates(CheckedFiles files, ModelKind of)
      throws IOException, ModelFormatException {
    if (kind != of) {
      return Optional.empty();
    }
    Optional<JsonNode> rates = json(files, ModelFiles.RATES);
    if (rates.isEmpty() && files.isWhole()) {
      throw new ModelFormatException("there is no " + ModelFiles.RATES);
    }
    return rates;
  }

  private static Optional<JsonNode> json(CheckedFiles files, String name)
      throws IOException, ModelFormatException {
    Optional<byte[]> bytes = files.read(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(bytes.get()));
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(name + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Model calibrated(ModelFile file, Optional<JsonNode> calibration)
      throws ModelFormatException {
    if (calibration.isEmpty()) {
      return file.ensemble();
    }
    double slope = calibration.get().path("slope").asDouble(Double.NaN);
    double intercept = calibration.get().path("intercept").asDouble(Double.NaN);
    if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new ModelFormatException("calibration.json: slope and intercept must be numbers");
    }
    return new CalibratedTrees(file.ensemble(), slope, intercept);
  }

  private static Optional<Contributions> contributions(ModelFile file, Model model) {
    return file.ensemble()
        .contributions()
        .map(trees ->
            model instanceof CalibratedTrees(_, double slope, double intercept)
                ? new Contributions(trees, slope, intercept)
                : new Contributions(trees, 1, 0));
  }

  private void requireSameVersion(Optional<JsonNode> features) throws ModelFormatException {
    if (features.isPresent()) {
      JsonNode found = features.get().path("feature_set_version");
      if (found.asInt(-1) != schema.version()) {
        throw new ModelFormatException(
            "features.json: the model has feature set version "
                + (found.isMissingNode() ? "none" : found.asText())
                + ", this service computes "
                + schema.version()
                + "; train it again");
      }
    }
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
}
