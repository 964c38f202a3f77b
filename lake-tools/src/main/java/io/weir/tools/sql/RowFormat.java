package io.weir.tools.sql;

import java.io.PrintWriter;

/** The format in which rows are printed. */
public enum RowFormat {
  TABLE,
  JSON,
  CSV;

  /** A printer that fits lines of a table into the given width. */
  public RowPrinter printer(PrintWriter out, int pageWidth) {
    return switch (this) {
      case TABLE -> new TextTable(out, pageWidth);
      case JSON -> new JsonPrinter(out);
      case CSV -> new CsvPrinter(out);
    };
  }
}
