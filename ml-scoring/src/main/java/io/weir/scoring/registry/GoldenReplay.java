package io.weir.scoring.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.scoring.model.Model;
import io.weir.scoring.model.ModelFormatException;
import java.util.Locale;

/** Scores the rows that came with a model and compares the answers with those of its trainer. */
final class GoldenReplay {
  private static final double MOST = 1e-6;

  private GoldenReplay() {}

  static void check(JsonNode golden, Model model, int width) throws ModelFormatException {
    int number = 0;
    JsonNode rows = golden.path("rows");
    if (!rows.isArray() || rows.isEmpty()) {
      throw new ModelFormatException("golden.json: there is no row");
    }
    for (JsonNode row : rows) {
      JsonNode features = row.path("features");
      if (!features.isArray()) {
        throw new ModelFormatException(
            "golden.json: the features of row " + number + " are no list");
      }
      if (features.size() != width) {
        throw new ModelFormatException(
            "golden.json: row " + number + " has " + features.size() + " features of " + width);
      }
      double expected = row.path("probability").asDouble(Double.NaN);
      double found = model.score(vector(features));
      if (!(Math.abs(expected - found) <= MOST)) {
        throw new ModelFormatException(
            String.format(
                Locale.ROOT,
                "golden.json: row %d scores %.7f here, %.7f when it was trained",
                number,
                found,
                expected));
      }
      number++;
    }
  }

  private static float[] vector(JsonNode features) {
    var vector = new float[features.size()];
    for (int at = 0; at < vector.length; at++) {
      JsonNode value = features.get(at);
      vector[at] = value.isNumber() ? value.floatValue() : Float.NaN;
    }
    return vector;
  }
}
