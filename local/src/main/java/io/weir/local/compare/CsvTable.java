package io.weir.local.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table of comma-separated values as in RFC 4180, its first record naming the columns. */
public record CsvTable(Map<String, Integer> columns, List<List<String>> rows) {

  public CsvTable {
    columns = Map.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Reads a table; fails with the line where the text is none. */
  public static CsvTable parse(String text) {
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      var records = new Records(parser);
      Map<String, Integer> columns = columns(records.next());
      var rows = new ArrayList<List<String>>();
      for (List<String> row = records.next(); !row.isEmpty(); row = records.next()) {
        if (row.size() != columns.size()) {
          throw new MalformedTableException(
              "line "
                  + records.line
                  + ": "
                  + row.size()
                  + " values under "
                  + columns.size()
                  + " columns");
        }
        rows.add(row);
      }
      return new CsvTable(columns, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Integer> columns(List<String> header) {
    var columns = new HashMap<String, Integer>();
    for (String name : header) {
      if (columns.put(name.strip(), columns.size()) != null) {
        throw new MalformedTableException("line 1: column " + name + " appears twice");
      }
    }
    return columns;
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

  /** The records of a text, each with the line where it begins. */
  private static final class Records {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long line;

    Records(CSVParser parser) {
      this.parser = parser;
      this.records = parser.iterator();
    }

    /** The values of the next record; none at the end. */
    List<String> next() {
      line = parser.getCurrentLineNumber() + 1;
      try {
        return records.hasNext() ? records.next().toList() : List.of();
      } catch (UncheckedIOException e) {
        boolean isOpen = String.valueOf(e.getMessage()).contains("EOF");
        throw new MalformedTableException(
            "line "
                + line
                + (isOpen ? ": a quote is never closed" : ": text after a closing quote"));
      }
    }
  }
}
