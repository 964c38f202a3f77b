package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of a JSON document, one after the other. */
interface Tokens {
  /** Returns the next token; null after the end of the document. */
  @Nullable JsonToken next() throws IOException;

  JsonToken current();

  /** The last field's name. */
  String name() throws IOException;

  /** A single value as it is written, without quotes and escapes. */
  String text() throws IOException;

  int textLength() throws IOException;

  /** The smallest type that the whole number fits. */
  NumberType numberType() throws IOException;

  /** A whole number that fits a long. */
  long longValue() throws IOException;

  /** Skips to the end of the object or array that begins here, if there is one. */
  void skipChildren() throws IOException;

  /** The object or array that begins here, as JSON. */
  String structure() throws IOException;
}
