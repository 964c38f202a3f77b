package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Any JSON value as text: a single value as it is, an object or array as JSON. */
final class ExtraText {
  private static final int UNKNOWN = 0xfffd;
  private static final JsonFactory FACTORY = new JsonFactory();

  private ExtraText() {}

  static @Nullable String of(Tokens tokens) throws IOException {
    JsonToken token = tokens.current();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return storable(token.isStructStart() ? tokens.structure() : tokens.text());
  }

  /** The object or array the parser stands on. */
  static String copied(JsonParser json) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.copyCurrentStructure(json);
    }
    return text.toString();
  }

  /** The object or array that fills so many bytes. */
  static String copied(byte[] document, int from, int length) throws IOException {
    try (JsonParser json = FACTORY.createParser(document, from, length)) {
      json.nextToken();
      return copied(json);
    }
  }

  /** Replaces characters that no downstream system can store by the replacement character. */
  static String storable(String text) {
    if (TextReader.isStorable(text)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? UNKNOWN : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
