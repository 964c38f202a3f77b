package io.weir.tools.sql;

import java.util.List;
import java.util.Locale;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Finds the tables that a statement may read. A statement can read a table only if its text has the
 * table's name, or through one of DuckDB's lists. So the answer may have too many tables, never too
 * few.
 */
final class Mention {
  /** Words of statements and functions that can read tables without naming them. */
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
