package io.weir.local.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of comma-separated values (RFC 4180: fields may be quoted, a quote is doubled), its first
 * record naming the columns.
 */
public record CsvTable(Map<String, Integer> columns, List<List<String>> rows) {

  public CsvTable {
    columns = Map.copyOf(columns);
    rows = List.copyOf(rows);
  }

  public static CsvTable parse(String text) {
    var reader = new Reader(text);
    List<String> header = reader.isAtEnd() ? List.of() : reader.record();
    var columns = new HashMap<String, Integer>();
    for (String name : header) {
      if (columns.put(name.strip(), columns.size()) != null) {
        throw new MalformedTableException("line 1: column " + name + " appears twice");
      }
    }
    var rows = new ArrayList<List<String>>();
    while (!reader.isAtEnd()) {
      int line = reader.line;
      List<String> row = reader.record();
      if (row.size() != columns.size()) {
        throw new MalformedTableException(
            "line " + line + ": " + row.size() + " values under " + columns.size() + " columns");
      }
      rows.add(row);
    }
    return new CsvTable(columns, rows);
  }

  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /** One value of a row of this table. */
  public String value(List<String> row, String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new MalformedTableException("there is no column " + column);
    }
    return row.get(index);
  }

  /** The text is not a table, or lacks a column. */
  public static final class MalformedTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedTableException(String message) {
      super(message);
    }
  }

  private static final class Reader {
    private final String text;
    private int at;
    private int line = 1;

    Reader(String text) {
      this.text = text;
    }

    boolean isAtEnd() {
      return at >= text.length();
    }

    List<String> record() {
      var fields = new ArrayList<String>();
      fields.add(field());
      while (!isAtEnd() && text.charAt(at) == ',') {
        at++;
        fields.add(field());
      }
      if (!isAtEnd() && text.charAt(at) == '\r') {
        at++;
      }
      if (!isAtEnd() && text.charAt(at) != '\n') {
        throw new MalformedTableException("line " + line + ": text after a closing quote");
      }
      at++;
      line++;
      return fields;
    }

    private String field() {
      return !isAtEnd() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
      int start = at;
      while (!isAtEnd() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      int opened = line;
      var value = new StringBuilder();
      for (at++; !isAtEnd(); at++) {
        char c = text.charAt(at);
        if (c == '"' && !isDoubled()) {
          at++;
          return value.toString();
        }
        if (c == '"') {
          at++;
        } else if (c == '\n') {
          line++;
        }
        value.append(c);
      }
      throw new MalformedTableException("line " + opened + ": a quote is never closed");
    }

    private boolean isDoubled() {
      return at + 1 < text.length() && text.charAt(at + 1) == '"';
    }
  }
}
