package io.weir.ingest.format;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180: fields may be quoted, a quote is doubled) under a header; the
 * separator may also be a semicolon, a tab or a bar.
 */
final class CsvRows implements Rows {
  private static final String SEPARATORS = ",;\t|";

  private final List<String> columns;
  private final char separator;

  private CsvRows(List<String> columns, char separator) {
    this.columns = columns;
    this.separator = separator;
  }

  static CsvRows under(String header) {
    char separator = separator(header);
    List<String> names = new ArrayList<>();
    for (String name : split(header, separator)) {
      names.add(name.strip());
    }
    return new CsvRows(List.copyOf(names), separator);
  }

  private static char separator(String header) {
    char best = ',';
    int most = 0;
    for (int i = 0; i < SEPARATORS.length(); i++) {
      int columns = split(header, SEPARATORS.charAt(i)).size();
      if (columns > most) {
        most = columns;
        best = SEPARATORS.charAt(i);
      }
    }
    return best;
  }

  List<String> columns() {
    return columns;
  }

  /** Whether these can be the names of columns: several, none blank, none twice, no numbers. */
  boolean isPlausible() {
    return columns.size() > 1
        && columns.stream().distinct().count() == columns.size()
        && columns.stream()
            .allMatch(name -> !name.isEmpty() && name.length() <= 100 && !isDigit(name.charAt(0)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public void read(byte[] record, int length, Row into) throws Skip {
    String text = Text.decode(record, length);
    List<String> values = split(text, separator);
    boolean hasOneMore = values.size() == columns.size() + 1 && values.getLast().isEmpty();
    if (values.size() != columns.size() && !hasOneMore) {
      throw new Skip(
          Reason.WRONG_COLUMNS, values.size() + " instead of " + columns.size() + ": " + text);
    }
    for (int i = 0; i < columns.size(); i++) {
      String value = values.get(i).strip();
      if (!value.isEmpty() && !value.equals("\\N") && !value.equalsIgnoreCase("null")) {
        into.value(columns.get(i), value, false);
      }
    }
  }

  /** The values of a record; a quote that is never closed includes the rest of the record. */
  static List<String> split(String text, char separator) {
    var values = new ArrayList<String>();
    int at = 0;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        var value = new StringBuilder();
        at = quoted(text, at + 1, value);
        int end = end(text, at, separator);
        values.add(value.append(text, at, end).toString());
        at = end;
      } else {
        int end = end(text, at, separator);
        values.add(text.substring(at, end));
        at = end;
      }
      if (at >= text.length()) {
        return values;
      }
      at++;
    }
  }

  private static int end(String text, int from, char separator) {
    int end = text.indexOf(separator, from);
    return end < 0 ? text.length() : end;
  }

  /** The position behind the closing quote. */
  private static int quoted(String text, int from, StringBuilder value) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '"') {
        value.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        value.append(c);
        at++;
      } else {
        return at + 1;
      }
    }
    return text.length();
  }
}
