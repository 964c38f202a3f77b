package io.weir.sink.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows and columns for a person; numbers to the right, long texts cut. */
final class TextTable implements RowPrinter {
  private static final int WIDEST = 60;
  private static final int ROWS_MEASURED = 10_000;

  private final PrintWriter out;

  TextTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    var names = new String[width];
    var isNumber = new boolean[width];
    for (int i = 0; i < width; i++) {
      names[i] = columns.getColumnLabel(i + 1);
      isNumber[i] = true;
    }
    long count = 0;
    boolean hasMore = rows.next();
    while (hasMore) {
      List<String[]> page = new ArrayList<>();
      while (hasMore && page.size() < ROWS_MEASURED) {
        page.add(row(rows, isNumber));
        hasMore = rows.next();
      }
      print(names, page, isNumber);
      count += page.size();
    }
    if (count == 0) {
      print(names, List.of(), isNumber);
    }
    out.println("(" + count + (count == 1 ? " row)" : " rows)"));
  }

  private static String[] row(ResultSet rows, boolean[] isNumber) throws SQLException {
    var row = new String[isNumber.length];
    for (int i = 0; i < row.length; i++) {
      Object value = Cell.plain(rows, i + 1);
      isNumber[i] &= value == null || value instanceof Number;
      row[i] = value == null ? "" : cut(oneLine(value.toString()));
    }
    return row;
  }

  private void print(String[] names, List<String[]> page, boolean[] isNumber) {
    var widths = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      widths[i] = names[i].length();
      for (String[] row : page) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    out.println(line(names, widths, isNumber));
    var rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
    }
    out.println(rule);
    page.forEach(row -> out.println(line(row, widths, isNumber)));
  }

  private static String line(String[] cells, int[] widths, boolean[] isNumber) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? "" : " | ")
          .append(isNumber[i] ? padding + cells[i] : cells[i] + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String oneLine(String text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString();
  }

  private static String cut(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
