package io.weir.tools.export;

import io.weir.lake.gold.Postgres;
import io.weir.tools.sql.DuckType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.StringJoiner;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Copies relations of PostgreSQL, all as of one moment, to a DuckDB. */
final class GoldRows implements AutoCloseable {
  private static final int FETCHED = 5000;

  /** The type of the amounts whose column has none. */
  private static final int PRECISION = 19;

  private static final int SCALE = 4;

  /** The type of all rates; the column of a view has none if it is a CASE. */
  private static final int RATE_PRECISION = 20;

  private static final int RATE_SCALE = 6;

  private final Connection connection;

  GoldRows(Postgres postgres) throws SQLException {
    this.connection = postgres.connect();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  long count(Relation relation) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + relation.quoted())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Copies one relation; {@code progress} is called with the number of copied rows from time to
   * time.
   */
  void copy(Relation relation, DuckDBConnection target, String catalog, LongConsumer progress)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + relation.quoted())) {
        create(relation, rows.getMetaData(), target, catalog);
        try (var appender = target.createAppender(catalog, relation.schema(), relation.name())) {
          append(rows, appender, progress);
        }
      }
    }
  }

  private static void create(
      Relation relation, ResultSetMetaData columns, DuckDBConnection target, String catalog)
      throws SQLException {
    var definition = new StringJoiner(", ", "(", ")");
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      definition.add(DuckType.quoted(columns.getColumnLabel(i)) + " " + type(columns, i));
    }
    try (Statement statement = target.createStatement()) {
      statement.execute("CREATE TABLE " + catalog + "." + relation.quoted() + definition);
    }
  }

  private static String type(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnTypeName(column)) {
      case "int4" -> "INTEGER";
      case "int8", "bigserial" -> "BIGINT";
      case "float8" -> "DOUBLE";
      case "bool" -> "BOOLEAN";
      case "timestamptz" -> "TIMESTAMPTZ";
      case "date" -> "DATE";
      case "numeric" ->
          "DECIMAL(" + precision(columns, column) + "," + scale(columns, column) + ")";
      default -> "VARCHAR";
    };
  }

  private static int precision(ResultSetMetaData columns, int column) throws SQLException {
    if (isBounded(columns, column)) {
      return columns.getPrecision(column);
    }
    return isRate(columns, column) ? RATE_PRECISION : PRECISION;
  }

  private static int scale(ResultSetMetaData columns, int column) throws SQLException {
    if (isBounded(columns, column)) {
      return columns.getScale(column);
    }
    return isRate(columns, column) ? RATE_SCALE : SCALE;
  }

  private static boolean isRate(ResultSetMetaData columns, int column) throws SQLException {
    return columns.getColumnLabel(column).endsWith("_rate");
  }

  private static boolean isBounded(ResultSetMetaData columns, int column) throws SQLException {
    return columns.getPrecision(column) > 0;
  }

  private static void append(ResultSet rows, DuckDBAppender appender, LongConsumer progress)
      throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    long done = 0;
    while (rows.next()) {
      appender.beginRow();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        append(rows, i, columns, appender);
      }
      appender.endRow();
      if (++done % FETCHED == 0) {
        progress.accept(done);
      }
    }
  }

  private static void append(
      ResultSet rows, int column, ResultSetMetaData columns, DuckDBAppender appender)
      throws SQLException {
    if (rows.getObject(column) == null) {
      appender.appendNull();
      return;
    }
    switch (columns.getColumnTypeName(column)) {
      case "int4" -> appender.append(rows.getInt(column));
      case "int8", "bigserial" -> appender.append(rows.getLong(column));
      case "float8" -> appender.append(rows.getDouble(column));
      case "bool" -> appender.append(rows.getBoolean(column));
      case "timestamptz" -> appender.append(rows.getObject(column, OffsetDateTime.class));
      case "date" -> appender.append(rows.getObject(column, LocalDate.class));
      case "numeric" -> {
        BigDecimal amount = rows.getBigDecimal(column);
        appender.append(amount.setScale(scale(columns, column), RoundingMode.UNNECESSARY));
      }
      default -> appender.append(rows.getString(column));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
