package io.weir.tools.export;

/** The format of an export: one file per relation, or one database. */
enum ExportFormat {
  CSV("csv", "FORMAT csv, HEADER"),
  PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd"),
  DUCKDB("duckdb", "");

  private final String ending;
  private final String options;

  ExportFormat(String ending, String options) {
    this.ending = ending;
    this.options = options;
  }

  String ending() {
    return ending;
  }

  /** The options of DuckDB's COPY. */
  String options() {
    return options;
  }
}
