package io.weir.tools.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB in memory with one view per table of the lake, for example {@code silver.events}. Each
 * statement sees the newest snapshots of the tables that it names.
 */
public final class LakeSql implements AutoCloseable {
  private static final Pattern SHOW_TABLES =
      Pattern.compile("\\s*show\\s+tables\\s*;?\\s*", Pattern.CASE_INSENSITIVE);
  private static final String UNKNOWN_NAME = "Catalog Error";

  /** All that DuckDB says of a statement that fails before its first row is streamed. */
  private static final String NO_CAUSE = "Invalid result set";

  private final Connection connection;
  private final LocalFiles files;
  private final LakeViews views;
  private volatile @Nullable Statement running;

  private LakeSql(Connection connection, LocalFiles files, LakeViews views) {
    this.connection = connection;
    this.files = files;
    this.views = views;
  }

  static LakeSql open(Catalog catalog) throws SQLException {
    return open(catalog, _ -> false);
  }

  /**
   * Opens a session and creates the views of the given tables. Files that are not local are copied.
   */
  public static LakeSql open(Catalog catalog, Predicate<TableIdentifier> tables)
      throws SQLException {
    return open(catalog, tables, new Properties());
  }

  /**
   * Opens a session without views, see {@link #refresh}. Rows are computed while they are read, so
   * a result of any size fits into memory. A second statement ends the result of the first.
   */
  public static LakeSql streaming(Catalog catalog) throws SQLException {
    var properties = new Properties();
    properties.put(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    return open(catalog, _ -> false, properties);
  }

  private static LakeSql open(
      Catalog catalog, Predicate<TableIdentifier> tables, Properties properties)
      throws SQLException {
    var files = new LocalFiles();
    var session =
        new LakeSql(
            DriverManager.getConnection("jdbc:duckdb:", properties),
            files,
            new LakeViews(catalog, files));
    try (Statement statement = session.connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      session.views.open(statement);
      session.views.define(statement, tables);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The connection of the session, which is closed with the session. */
  public DuckDBConnection connection() throws SQLException {
    return connection.unwrap(DuckDBConnection.class);
  }

  /**
   * Defines the view of a table on its newest snapshot and returns the snapshot's id, or -1 if the
   * table has none.
   */
  public long refresh(TableIdentifier table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return views.define(statement, table);
    }
  }

  /** Defines the view of a table on one of its snapshots. */
  public void define(TableIdentifier table, Snapshot snapshot) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      views.define(statement, table, snapshot);
    }
  }

  /** Sets the parameters of a statement. */
  public interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  /** Returns the rows of a query. Who closes their statement closes both. */
  public ResultSet query(String sql, Parameters parameters) throws SQLException {
    try {
      return start(sql, parameters);
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains(NO_CAUSE)) {
        throw e;
      }
      return startWhole(sql, parameters);
    }
  }

  private ResultSet start(String sql, Parameters parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      parameters.set(statement);
      return statement.executeQuery();
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** Computes all rows at once: if that fails, too, DuckDB says why. */
  private ResultSet startWhole(String sql, Parameters parameters) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET jdbc_stream_results = false");
      try {
        return start(sql, parameters);
      } finally {
        statement.execute("SET jdbc_stream_results = true");
      }
    }
  }

  /** The names of the tables in SQL. */
  List<String> tables() {
    return views.tables().stream().map(TableIdentifier::toString).toList();
  }

  /** Runs one statement and prints its rows, if it has any. */
  void run(String sql, RowPrinter printer) throws SQLException {
    boolean isList = SHOW_TABLES.matcher(sql).matches();
    String actual = isList ? listOfTables() : sql;
    Predicate<TableIdentifier> named = isList ? _ -> false : new Mention(sql)::isOf;
    try {
      define(named);
      execute(actual, printer);
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains(UNKNOWN_NAME)) {
        throw e;
      }
      define(_ -> true); // After all views are defined, DuckDB can suggest the right name.
      execute(actual, printer);
    }
  }

  /** Stops the statement that another thread runs. */
  void cancel() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  private void define(Predicate<TableIdentifier> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      views.define(statement, tables);
    }
  }

  private void execute(String sql, RowPrinter printer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          printer.print(rows);
        }
      }
    } finally {
      running = null;
    }
  }

  /** DuckDB's own {@code SHOW TABLES} has names without their schemas. */
  private String listOfTables() {
    String own =
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'main'";
    String lake =
        tables().stream()
            .map(table -> "(" + DuckType.text(table) + ")")
            .collect(Collectors.joining(", "));
    return lake.isEmpty()
        ? own
        : "SELECT * FROM (VALUES " + lake + ") AS lake(name) UNION ALL " + own + " ORDER BY 1";
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      files.close();
    } catch (IOException e) {
      throw new SQLException("copies of files could not be deleted: " + e.getMessage(), e);
    }
  }
}
