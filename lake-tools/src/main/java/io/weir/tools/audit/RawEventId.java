package io.weir.tools.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the event id of a raw record. Two records with the same id are duplicates. */
final class RawEventId {
  private static final JsonFactory JSON = new JsonFactory();

  private RawEventId() {}

  static Optional<String> of(@Nullable ByteBuffer value) {
    if (value == null) {
      return Optional.empty();
    }
    var bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    try (JsonParser parser = JSON.createParser(bytes)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? find(parser) : Optional.empty();
    } catch (IOException e) {
      // A value that is not JSON has no id. It should have been rejected.
      return Optional.empty();
    }
  }

  /** The field's own name wins over its alias. */
  private static Optional<String> find(JsonParser parser) throws IOException {
    Optional<String> alias = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING && name.equals("event_id")) {
        return Optional.of(parser.getText());
      }
      if (token == JsonToken.VALUE_STRING && name.equals("messageId")) {
        alias = Optional.of(parser.getText());
      }
      parser.skipChildren();
    }
    return alias;
  }
}
