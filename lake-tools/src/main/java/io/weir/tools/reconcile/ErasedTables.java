package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The cells that were erased from silver, as tables of DuckDB. */
final class ErasedTables {
  private static final String KEY =
      "(dimension VARCHAR, bucket_ms BIGINT, is_bot BOOLEAN, value VARCHAR, ";

  private ErasedTables() {}

  /** Fills the table {@code erased_figures} that {@code sums.sql} adds. */
  static void fillFigures(DuckDBConnection lake, SortedCells erased) throws SQLException {
    try (Statement statement = lake.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE main.erased_figures "
              + KEY
              + "measure VARCHAR, amount DECIMAL(38, 4))");
    }
    try (DuckDBAppender figures = lake.createAppender("main", "erased_figures")) {
      for (SessionCell cell = erased.next(); cell != null; cell = erased.next()) {
        addFigures(figures, cell, _ -> true);
      }
    }
  }

  /** Fills the tables {@code erased} and {@code erased_amounts} that {@code sessions.sql} adds. */
  static void fill(DuckDBConnection lake, SortedCells erased) throws SQLException {
    try (Statement statement = lake.createStatement()) {
      statement.execute(
          SessionCell.COUNTS.stream()
              .map(count -> count + " BIGINT")
              .collect(
                  Collectors.joining(", ", "CREATE OR REPLACE TABLE main.erased " + KEY, ")")));
      statement.execute(
          "CREATE OR REPLACE TABLE main.erased_amounts "
              + KEY
              + "name VARCHAR, amount DECIMAL(38, 4))");
    }
    try (DuckDBAppender counts = lake.createAppender("main", "erased");
        DuckDBAppender amounts = lake.createAppender("main", "erased_amounts")) {
      for (SessionCell cell = erased.next(); cell != null; cell = erased.next()) {
        addCounts(counts, cell);
        addFigures(amounts, cell, measure -> !SessionCell.COUNTS.contains(measure));
      }
    }
  }

  private static void addCounts(DuckDBAppender appender, SessionCell cell) throws SQLException {
    begin(appender, cell.key());
    for (String count : SessionCell.COUNTS) {
      appender.append(cell.figures().getOrDefault(count, BigDecimal.ZERO).longValueExact());
    }
    appender.endRow();
  }

  private static void addFigures(
      DuckDBAppender appender, SessionCell cell, Predicate<String> isWanted) throws SQLException {
    for (Map.Entry<String, BigDecimal> each : cell.figures().entrySet()) {
      if (isWanted.test(each.getKey())) {
        begin(appender, cell.key());
        appender.append(each.getKey());
        appender.append(each.getValue().setScale(SessionCell.SCALE));
        appender.endRow();
      }
    }
  }

  private static void begin(DuckDBAppender appender, CellKey key) throws SQLException {
    appender.beginRow();
    appender.append(key.dimension());
    appender.append(key.bucketMs());
    appender.append(key.isBot());
    appender.append(key.value());
  }
}
