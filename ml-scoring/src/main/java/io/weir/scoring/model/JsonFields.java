package io.weir.scoring.model;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads fields of a model file. XGBoost writes its parameters as text. */
final class JsonFields {
  private JsonFields() {}

  static JsonNode object(JsonNode holder, String field) throws ModelFormatException {
    JsonNode found = holder.path(field);
    if (!found.isObject()) {
      throw new ModelFormatException(field + ": missing; this is no XGBoost model in JSON");
    }
    return found;
  }

  static int integer(JsonNode holder, String field) throws ModelFormatException {
    String text = holder.path(field).asText();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ModelFormatException(field + ": \"" + text + "\" is not a whole number", e);
    }
  }
}
