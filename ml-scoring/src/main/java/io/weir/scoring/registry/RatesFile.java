package io.weir.scoring.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.ClickRates.Table;
import io.weir.model.feature.SessionRates;
import io.weir.scoring.model.ModelFormatException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the shares that belong to a model. */
final class RatesFile {
  private RatesFile() {}

  static ClickRates ofClicks(Optional<JsonNode> file) throws ModelFormatException {
    return file.isEmpty()
        ? ClickRates.NONE
        : new ClickRates(
            table(file.get(), "ad"), table(file.get(), "page"), table(file.get(), "position"));
  }

  static SessionRates ofSessions(Optional<JsonNode> file) throws ModelFormatException {
    return file.isEmpty()
        ? SessionRates.NONE
        : new SessionRates(table(file.get(), "campaign"), table(file.get(), "landing"));
  }

  private static Table table(JsonNode file, String name) throws ModelFormatException {
    JsonNode table = file.path(name);
    if (!table.path("rates").isObject() || !table.has("unknown")) {
      throw new ModelFormatException(ModelFiles.RATES + ": there are no rates of " + name);
    }
    var rates = new HashMap<String, Double>();
    for (Map.Entry<String, JsonNode> each : table.path("rates").properties()) {
      if (!each.getValue().isNumber()) {
        throw new ModelFormatException(ModelFiles.RATES + ": a rate of " + name + " is no number");
      }
      rates.put(each.getKey(), each.getValue().doubleValue());
    }
    // A table without any impression has no share, which JSON writes as the text NaN.
    return new Table(table.path("unknown").asDouble(Double.NaN), rates);
  }
}
