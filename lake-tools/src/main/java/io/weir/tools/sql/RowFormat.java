package io.weir.tools.sql;

import java.io.PrintWriter;

/** The format in which rows are printed. */
enum RowFormat {
  TABLE,
  JSON,
  CSV;

  RowPrinter printer(PrintWriter out, int pageWidth) {
    return switch (this) {
      case TABLE -> new TextTable(out, pageWidth);
      case JSON -> new JsonPrinter(out);
      case CSV -> new CsvPrinter(out);
    };
  }
}
