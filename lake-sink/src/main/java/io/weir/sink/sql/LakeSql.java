package io.weir.sink.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory with one view per table of the lake, {@code silver.events} and {@code
 * silver_events}, over the files of the table's snapshot at the time of opening.
 */
public final class LakeSql implements AutoCloseable {
  private final Connection connection;
  private final LocalFiles files;

  private LakeSql(Connection connection, LocalFiles files) {
    this.connection = connection;
    this.files = files;
  }

  static LakeSql open(Catalog catalog) throws SQLException {
    return open(catalog, _ -> true);
  }

  /** Only those tables: of files that are not local a copy is made. */
  public static LakeSql open(Catalog catalog, Predicate<TableIdentifier> tables)
      throws SQLException {
    var session = new LakeSql(DriverManager.getConnection("jdbc:duckdb:"), new LocalFiles());
    try {
      session.define(catalog, tables);
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  private void define(Catalog catalog, Predicate<TableIdentifier> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (Namespace namespace : namespaces(catalog)) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + DuckType.quoted(namespace.level(0)));
        for (TableIdentifier table : catalog.listTables(namespace)) {
          if (tables.test(table)) {
            define(statement, namespace.level(0), table.name(), catalog.loadTable(table));
          }
        }
      }
    }
  }

  private static List<Namespace> namespaces(Catalog catalog) {
    return catalog instanceof SupportsNamespaces named
        ? named.listNamespaces().stream().filter(each -> each.length() == 1).toList()
        : List.of();
  }

  private void define(Statement statement, String namespace, String name, Table table)
      throws SQLException {
    var view = new TableView(namespace + "_" + name, table, files);
    for (String sql : view.statements()) {
      statement.execute(sql);
    }
    statement.execute(
        "CREATE VIEW "
            + DuckType.quoted(namespace)
            + "."
            + DuckType.quoted(name)
            + " AS SELECT * FROM main."
            + DuckType.quoted(namespace + "_" + name));
  }

  /** The connection itself; it is closed with this. */
  public DuckDBConnection connection() throws SQLException {
    return connection.unwrap(DuckDBConnection.class);
  }

  void query(String sql, RowPrinter printer) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      printer.print(rows);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      files.close();
    } catch (IOException e) {
      throw new SQLException("copies of files are left behind: " + e.getMessage(), e);
    }
  }
}
