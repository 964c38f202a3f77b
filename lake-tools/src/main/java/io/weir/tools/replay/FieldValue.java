package io.weir.tools.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A filter: a field at the top level of a JSON object, and the text, number or flag that it must
 * have.
 */
record FieldValue(String field, String value) {
  private static final JsonFactory JSON = new JsonFactory();

  static FieldValue parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new StartupException(
          "--filter " + text + " is not field=value, for example event_type=purchase");
    }
    return new FieldValue(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * Whether the JSON object has the field with this value; false if the bytes are not a JSON
   * object.
   */
  boolean isIn(@Nullable ByteBuffer json) {
    if (json == null) {
      return false;
    }
    var bytes = new byte[json.remaining()];
    json.duplicate().get(bytes);
    try (JsonParser parser = JSON.createParser(bytes)) {
      return parser.nextToken() == JsonToken.START_OBJECT && isFound(parser);
    } catch (IOException e) {
      // The raw topic also has records that are not JSON; they do not match.
      return false;
    }
  }

  private boolean isFound(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isField = parser.currentName().equals(field);
      JsonToken token = parser.nextToken();
      if (isField && token.isScalarValue()) {
        return parser.getText().equals(value);
      }
      parser.skipChildren();
    }
    return false;
  }
}
