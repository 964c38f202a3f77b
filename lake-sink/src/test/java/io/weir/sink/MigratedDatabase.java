package io.weir.sink;

import io.weir.lake.gold.Postgres;
import io.weir.sink.gold.GoldProvisioner;
import io.weir.testkit.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * A database with the tables of gold, made once by the migrations. They take a second, and a copy
 * of the database a tenth of that.
 */
final class MigratedDatabase {
  private static final String NAME = "migrated";
  private static final String OWNER = "postgres";

  /** What {@code CREATE DATABASE} alone does not make. */
  private static final String IS_EMPTY =
      """
      SELECT NOT EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
        AND NOT EXISTS (SELECT FROM pg_namespace WHERE oid >= 16384)
        AND NOT EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
      """;

  private final RealPostgres server;
  private boolean isMade;

  MigratedDatabase(RealPostgres server) {
    this.server = server;
  }

  /**
   * Puts a copy in the place of a database that nobody has changed or is connected to; leaves any
   * other to the migrations.
   */
  synchronized void copyTo(String name) {
    try (Connection own = connect("postgres")) {
      if (isUnused(own, name) && isEmpty(name)) {
        make(own);
        execute(own, "DROP DATABASE " + name);
        execute(own, "CREATE DATABASE " + name + " TEMPLATE " + NAME);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void make(Connection own) throws SQLException {
    if (!isMade) {
      execute(own, "CREATE DATABASE " + NAME);
      var postgres = new Postgres(address(NAME), OWNER, OWNER);
      postgres.alone(connection -> GoldProvisioner.ensure(connection, postgres, _ -> Map.of()));
      isMade = true;
    }
  }

  private static boolean isUnused(Connection own, String name) throws SQLException {
    return isTrue(
        own,
        """
        SELECT datacl IS NULL
          AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE datid = d.oid)
          AND NOT EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = d.oid)
        FROM pg_database d WHERE datname = '%s'
        """
            .formatted(name));
  }

  private boolean isEmpty(String name) throws SQLException {
    try (Connection other = connect(name)) {
      return isTrue(other, IS_EMPTY);
    }
  }

  private String address(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(address(database), OWNER, OWNER);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
