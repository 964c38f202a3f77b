package io.weir.tools.rebuild;

import io.weir.contract.avro.GoldCell;
import io.weir.lake.gold.GoldColumn;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;

/**
 * The rebuilt cells in a schema of their own beside {@code gold}. They are replaced in one
 * transaction, which ends with {@link #commit}.
 */
final class RebuiltGold implements AutoCloseable {
  private static final int ANSWER_TIMEOUT_MS = 1_800_000;
  private static final GoldTable<GoldCell> CELLS = GoldTables.CELLS;

  /** The SQL states of a missing table and a missing schema. */
  private static final Set<String> MISSING = Set.of("42P01", "3F000");

  private final Connection connection;
  private final String schema;

  private RebuiltGold(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  static RebuiltGold connect(Postgres postgres, RebuildName name) {
    try {
      Connection connection = postgres.connect();
      connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
      connection.setAutoCommit(false);
      return new RebuiltGold(connection, name.schema());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** What an operator reads if PostgreSQL refuses. */
  static StartupException failure(SQLException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new StartupException(
        MISSING.contains(String.valueOf(e.getSQLState()))
            ? "PostgreSQL does not have the tables: "
                + line
                + "; start lake-sink of this version"
                + " once, and run gold load"
            : "PostgreSQL: " + line + "; see WEIR_POSTGRES_…",
        e);
  }

  Connection connection() {
    return connection;
  }

  String schema() {
    return schema;
  }

  /** Makes an empty table of cells, like the live one. The schema must exist. */
  void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + schema + "." + CELLS.table());
      statement.execute(
          "CREATE TABLE %s.%s (LIKE gold.%s INCLUDING ALL)"
              .formatted(schema, CELLS.table(), CELLS.table()));
    }
  }

  void delete(Set<String> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        "DELETE FROM %s.%s WHERE %s = ANY(?)"
            .formatted(schema, CELLS.table(), CELLS.key().column());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
      statement.executeUpdate();
    }
  }

  void upsert(Collection<GoldCell> cells) throws SQLException {
    String sql = CELLS.upsert().replaceFirst("INSERT INTO gold\\.", "INSERT INTO " + schema + ".");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (GoldCell cell : cells) {
        CELLS.check().accept(cell);
        statement.setString(1, CELLS.keyOf(cell));
        statement.setLong(2, CELLS.version().applyAsLong(cell));
        statement.setBoolean(3, false);
        int index = 4;
        for (GoldColumn<GoldCell> column : CELLS.columns()) {
          column.binder().bind(statement, index++, cell);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Ends the load, and returns how many cells there are. */
  long commit() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE " + schema + "." + CELLS.table());
      try (var rows =
          statement.executeQuery("SELECT count(*) FROM " + schema + "." + CELLS.table())) {
        rows.next();
        long cells = rows.getLong(1);
        connection.commit();
        return cells;
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
