package io.weir.sink.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A DuckDB in memory with one view per table of the lake, {@code silver.events} and {@code
 * silver_events}, over the files of the table's snapshot at the time of opening.
 */
final class LakeSql implements AutoCloseable {
  private final Connection connection;
  private final LocalFiles files;

  private LakeSql(Connection connection, LocalFiles files) {
    this.connection = connection;
    this.files = files;
  }

  static LakeSql open(Catalog catalog) throws SQLException {
    var session = new LakeSql(DriverManager.getConnection("jdbc:duckdb:"), new LocalFiles());
    try {
      session.define(catalog);
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  private void define(Catalog catalog) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (Namespace namespace : namespaces(catalog)) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + DuckType.quoted(namespace.level(0)));
        for (TableIdentifier table : catalog.listTables(namespace)) {
          define(statement, namespace.level(0), table.name(), catalog.loadTable(table));
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
