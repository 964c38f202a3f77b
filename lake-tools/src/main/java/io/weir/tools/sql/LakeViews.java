package io.weir.tools.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the lake as views of a DuckDB, under their own names. A view is created when a
 * statement needs its table, because the files of the table must be listed first.
 */
final class LakeViews {
  private final Catalog catalog;
  private final LocalFiles files;
  private final List<TableIdentifier> tables = new ArrayList<>();
  private final Map<TableIdentifier, String> versions = new HashMap<>();

  LakeViews(Catalog catalog, LocalFiles files) {
    this.catalog = catalog;
    this.files = files;
  }

  /** Creates the schemas and reads the names of the tables. */
  void open(Statement statement) throws SQLException {
    var path = new StringBuilder("main");
    for (Namespace namespace : namespaces(catalog)) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + DuckType.quoted(namespace.level(0)));
      path.append(',').append(DuckType.quoted(namespace.level(0)));
      tables.addAll(catalog.listTables(namespace));
    }
    tables.sort((a, b) -> a.toString().compareTo(b.toString()));
    statement.execute("SET search_path = " + DuckType.text(path.toString()));
  }

  private static List<Namespace> namespaces(Catalog catalog) {
    return catalog instanceof SupportsNamespaces named
        ? named.listNamespaces().stream().filter(each -> each.length() == 1).toList()
        : List.of();
  }

  List<TableIdentifier> tables() {
    return List.copyOf(tables);
  }

  /** Defines the views of the wanted tables on their newest snapshots. */
  void define(Statement statement, Predicate<TableIdentifier> wanted) throws SQLException {
    for (TableIdentifier table : tables) {
      if (wanted.test(table)) {
        define(statement, table);
      }
    }
  }

  /** Defines the view of a table on its newest snapshot, and returns its id or -1. */
  long define(Statement statement, TableIdentifier name) throws SQLException {
    Table table = catalog.loadTable(name);
    return define(statement, name, table, table.currentSnapshot());
  }

  /** Defines the view of a table on a snapshot. */
  void define(Statement statement, TableIdentifier name, Snapshot snapshot) throws SQLException {
    define(statement, name, catalog.loadTable(name), snapshot);
  }

  private long define(
      Statement statement, TableIdentifier name, Table table, @Nullable Snapshot snapshot)
      throws SQLException {
    long id = snapshot == null ? -1 : snapshot.snapshotId();
    String version = id + "/" + table.schema().schemaId();
    if (!version.equals(versions.get(name))) {
      String view = DuckType.quoted(name.namespace().level(0)) + "." + DuckType.quoted(name.name());
      String query = TableView.of(table, snapshot, files);
      statement.execute("CREATE OR REPLACE VIEW " + view + " AS " + query);
      versions.put(name, version);
    }
    return id;
  }
}
