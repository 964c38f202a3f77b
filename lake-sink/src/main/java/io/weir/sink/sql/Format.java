package io.weir.sink.sql;

import java.io.PrintWriter;

/** How rows are shown. */
enum Format {
  TABLE,
  JSON,
  CSV;

  RowPrinter printer(PrintWriter out, int pageWidth) {
    return switch (this) {
      case TABLE -> new TextTable(out, pageWidth);
      case JSON -> new JsonRows(out);
      case CSV -> new CsvRows(out);
    };
  }
}
