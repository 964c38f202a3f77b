package io.weir.tools.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A field at the top of a JSON object and the text, number or flag it must have. */
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

  /** What is no JSON object has no fields. */
  boolean isIn(@Nullable ByteBuffer json) {
    if (json == null) {
      return false;
    }
    var bytes = new byte[json.remaining()];
    json.duplicate().get(bytes);
    try (JsonParser parser = JSON.createParser(bytes)) {
      return parser.nextToken() == JsonToken.START_OBJECT && isFound(parser);
    } catch (IOException e) {
      // A refused record is in the raw topic as well; it does not match, and that is the answer.
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
