package io.weir.tools.sql;

import java.util.List;
import java.util.Locale;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Which tables a statement may read. A table can be read only by a text that has the name of the
 * table in it, or through one of DuckDB's lists; so the answer may be too large, never too small.
 */
final class Mention {
  /** Words of statements and functions that reach tables without their names. */
  private static final List<String> LISTS =
      List.of(
          "show",
          "information_schema",
          "duckdb_",
          "pragma",
          "pg_",
          "sqlite_",
          "query(",
          "query ",
          "query_table",
          "export",
          "describe");

  private final String text;
  private final boolean isOfAll;

  Mention(String sql) {
    this.text = sql.toLowerCase(Locale.ROOT);
    this.isOfAll = LISTS.stream().anyMatch(text::contains);
  }

  boolean isOf(TableIdentifier table) {
    return isOfAll || text.contains(table.name().toLowerCase(Locale.ROOT));
  }
}
