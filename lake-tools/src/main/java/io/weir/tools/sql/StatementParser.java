package io.weir.tools.sql;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Asks for another line until the statement ends with a semicolon. */
final class StatementParser extends DefaultParser {
  StatementParser() {
    setEscapeChars(null);
    setQuoteChars(new char[0]);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
      throw new EOFError(-1, -1, "the statement has no semicolon yet");
    }
    return super.parse(line, cursor, context);
  }

  private static boolean isComplete(String line) {
    return line.isBlank() || line.strip().startsWith(".") || Statements.of(line).rest().isEmpty();
  }
}
