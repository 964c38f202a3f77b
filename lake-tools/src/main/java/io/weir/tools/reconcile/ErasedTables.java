package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables {@code erased} and {@code erased_amounts} that {@code sessions.sql} adds. */
final class ErasedTables {
  private static final String KEY =
      "(dimension VARCHAR, bucket_ms BIGINT, is_bot BOOLEAN, value VARCHAR, ";

  private ErasedTables() {}

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
        addAmounts(amounts, cell);
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

  private static void addAmounts(DuckDBAppender appender, SessionCell cell) throws SQLException {
    for (Map.Entry<String, BigDecimal> each : cell.figures().entrySet()) {
      if (!SessionCell.COUNTS.contains(each.getKey())) {
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
