package io.weir.tools.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints rows as a table for a person: numbers to the right, long texts cut to the page width. */
public final class TextTable implements RowPrinter {
  private static final int WIDEST = 60;
  private static final int NARROWEST = 8;
  private static final int ROWS_MEASURED = 10_000;
  private static final int BETWEEN = 3;

  private final PrintWriter out;
  private final int pageWidth;

  public TextTable(PrintWriter out) {
    this(out, Integer.MAX_VALUE);
  }

  /** Creates a table whose lines fit into the given width. */
  TextTable(PrintWriter out, int pageWidth) {
    this.out = out;
    this.pageWidth = pageWidth;
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

  /** Prints rows that are in memory; the columns from {@code firstNumber} on are numbers. */
  public void print(List<String> names, List<List<String>> rows, int firstNumber) {
    var isNumber = new boolean[names.size()];
    Arrays.fill(isNumber, firstNumber, isNumber.length, true);
    List<String[]> page = rows.stream().map(TextTable::shown).toList();
    print(names.toArray(String[]::new), page, isNumber);
  }

  private static String[] shown(List<String> row) {
    return row.stream().map(TextTable::shown).toArray(String[]::new);
  }

  private static String shown(String text) {
    return cut(oneLine(text), WIDEST);
  }

  private static String[] row(ResultSet rows, boolean[] isNumber) throws SQLException {
    var row = new String[isNumber.length];
    for (int i = 0; i < row.length; i++) {
      Object value = Cell.plain(rows, i + 1);
      isNumber[i] &= value == null || value instanceof Number;
      row[i] = value == null ? "" : shown(value.toString());
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
    shrink(widths, isNumber);
    out.println(line(names, widths, isNumber));
    var rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
    }
    out.println(cut(rule.toString(), pageWidth));
    page.forEach(row -> out.println(line(row, widths, isNumber)));
  }

  /** Narrows the widest column of text until the line fits. Numbers are never cut. */
  private void shrink(int[] widths, boolean[] isNumber) {
    long excess = BETWEEN * (widths.length - 1L) - pageWidth;
    for (int width : widths) {
      excess += width;
    }
    for (; excess > 0; excess--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean isCandidate = !isNumber[i] && widths[i] > NARROWEST;
        widest = isCandidate && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private String line(String[] cells, int[] widths, boolean[] isNumber) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cut(cells[i], widths[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : " | ").append(isNumber[i] ? padding + cell : cell + padding);
    }
    return cut(line.toString().stripTrailing(), pageWidth);
  }

  private static String oneLine(String text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
