package io.weir.tools.sql;

import io.weir.process.StartupException;
import java.io.PrintWriter;

/** The format in which rows are printed. */
public enum RowFormat {
  TABLE,
  JSON,
  CSV;

  /** The format that the value of the option {@code --format} names. */
  public static RowFormat named(String name) {
    return switch (name) {
      case "table" -> TABLE;
      case "json" -> JSON;
      case "csv" -> CSV;
      default -> throw new StartupException("--format " + name + " is none of table, json, csv");
    };
  }

  /** A printer that fits lines of a table into the given width. */
  public RowPrinter printer(PrintWriter out, int pageWidth) {
    return switch (this) {
      case TABLE -> new TextTable(out, pageWidth);
      case JSON -> new JsonPrinter(out);
      case CSV -> new CsvPrinter(out);
    };
  }
}
