package io.weir.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.StartupException;
import io.weir.training.artifact.Promotion;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import io.weir.training.tree.BoostedTrees;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * The model that is served, judged on the rows that the new one is judged on.
 *
 * @param version its name
 * @param files at least {@code model.json}, {@code features.json} and {@code calibration.json}
 */
record Champion(String version, Map<String, byte[]> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fails if the champion predicts something else, so that a new model would take its place. */
  void require(Prediction wanted, String place) {
    Prediction found = predicts().orElse(wanted);
    if (found != wanted) {
      throw new StartupException(
          "the champion in %s predicts %s, not %s: choose another place for the new model"
              .formatted(place, found.option(), wanted.option()));
    }
  }

  private Optional<Prediction> predicts() {
    try {
      var features = new HashSet<String>();
      json("features.json").path("features").forEach(name -> features.add(name.asText()));
      return Prediction.ofFeatures(features);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Decides whether a model of that log-loss on the test part replaces the champion. */
  Promotion against(double logLoss, String fingerprint, FeatureRows test) {
    try {
      String trainedWith = json("features.json").path("fingerprint").asText();
      if (!trainedWith.equals(fingerprint)) {
        return Promotion.unopposed("champion " + version + " has other features");
      }
      return Promotion.between(logLoss, version, logLoss(test));
    } catch (IOException | IllegalStateException e) {
      return Promotion.unopposed("champion " + version + " cannot be read: " + e.getMessage());
    }
  }

  private double logLoss(FeatureRows test) throws IOException {
    JsonNode calibration = json("calibration.json");
    var scaling =
        new PlattScaling(
            calibration.path("slope").doubleValue(), calibration.path("intercept").doubleValue());
    try (BoostedTrees trees = BoostedTrees.load(file("model.json"))) {
      double[] probabilities = scaling.probabilities(trees.margins(test));
      return BinaryQuality.of(probabilities, test.outcomes(), test.rate()).logLoss();
    }
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name));
  }

  private byte[] file(String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IOException("it has no " + name);
    }
    return content;
  }
}
