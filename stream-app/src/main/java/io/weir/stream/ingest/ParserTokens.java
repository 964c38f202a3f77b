package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of any document, as Jackson finds them. */
final class ParserTokens implements Tokens {
  private final JsonParser json;

  ParserTokens(JsonParser json) {
    this.json = json;
  }

  @Override
  public @Nullable JsonToken next() throws IOException {
    return json.nextToken();
  }

  @Override
  public JsonToken current() {
    return json.currentToken();
  }

  @Override
  public String name() throws IOException {
    return json.currentName();
  }

  @Override
  public String text() throws IOException {
    return json.getText();
  }

  @Override
  public int textLength() throws IOException {
    return json.getTextLength();
  }

  @Override
  public NumberType numberType() throws IOException {
    return json.getNumberType();
  }

  @Override
  public long longValue() throws IOException {
    return json.getLongValue();
  }

  @Override
  public void skipChildren() throws IOException {
    json.skipChildren();
  }

  @Override
  public String structure() throws IOException {
    return ExtraText.copied(json);
  }
}
