package io.weir.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import org.jspecify.annotations.Nullable;

/** Reads records that are JSON objects. */
final class JsonRecord {
  private static final int DEEPEST = 50;
  private static final int LONGEST_NUMBER = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonRecord() {}

  static JsonNode object(byte[] record, int length) throws Skip {
    String text = Text.decode(record, length);
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new Skip(Reason.NOT_JSON, text);
    }
    throw new Skip(Reason.NOT_JSON, text);
  }

  /** The value at the path as text; null if there is none, or if it is an object or an array. */
  static @Nullable String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String name : path) {
      at = at.path(name);
    }
    return scalar(at);
  }

  static @Nullable String scalar(JsonNode node) {
    if (node.isMissingNode() || node.isNull() || node.isContainerNode()) {
      return null;
    }
    // 1e999999999 as plain digits would be a gigabyte of text.
    return node.isBigDecimal() && Math.abs(node.decimalValue().scale()) < LONGEST_NUMBER
        ? node.decimalValue().toPlainString()
        : node.asText();
  }

  /** The value of the first of the names that has one. */
  static @Nullable String first(JsonNode node, String... names) {
    for (String name : names) {
      String text = scalar(node.path(name));
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}
