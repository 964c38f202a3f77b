package io.weir.tools.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into statements at each semicolon that is not inside quotes, a comment or a
 * dollar-quoted text.
 */
final class Statements {
  private final String text;
  private final List<String> complete = new ArrayList<>();
  private int from;
  private int at;

  private Statements(String text) {
    this.text = text;
  }

  /** The complete statements of a text, and the text after the last semicolon. */
  record Split(List<String> complete, String rest) {

    Split {
      complete = List.copyOf(complete);
    }

    /** All statements, whether or not the last one ends with a semicolon. */
    List<String> all() {
      var all = new ArrayList<>(complete);
      if (!rest.isEmpty()) {
        all.add(rest);
      }
      return all;
    }
  }

  static Split of(String text) {
    var statements = new Statements(text);
    while (statements.at < text.length()) {
      statements.step();
    }
    String rest = text.substring(statements.from).strip();
    return new Split(statements.complete, isComment(rest) ? "" : rest);
  }

  private void step() {
    char c = text.charAt(at);
    switch (c) {
      case '\'', '"' -> skip(String.valueOf(c), 1);
      case '$' -> skipDollars();
      case '-' -> skipIf("--", "\n");
      case '/' -> skipIf("/*", "*/");
      case ';' -> end();
      default -> at++;
    }
  }

  private void end() {
    String statement = text.substring(from, at).strip();
    if (!statement.isEmpty()) {
      complete.add(statement);
    }
    at++;
    from = at;
  }

  private void skipIf(String opening, String closing) {
    if (text.startsWith(opening, at)) {
      skip(closing, opening.length());
    } else {
      at++;
    }
  }

  /** Skips {@code $$ … $$} or {@code $tag$ … $tag$}; any other dollar sign is a plain one. */
  private void skipDollars() {
    int second = at + 1;
    while (second < text.length() && Character.isLetterOrDigit(text.charAt(second))) {
      second++;
    }
    if (second < text.length() && text.charAt(second) == '$') {
      skip(text.substring(at, second + 1), second + 1 - at);
    } else {
      at++;
    }
  }

  private void skip(String closing, int opened) {
    int end = text.indexOf(closing, at + opened);
    at = end < 0 ? text.length() : end + closing.length();
  }

  private static boolean isComment(String rest) {
    return rest.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("--"));
  }
}
