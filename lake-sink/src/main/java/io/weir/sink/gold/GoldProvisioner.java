package io.weir.sink.gold;

import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Creates missing relations of gold, and adds missing columns to existing ones. */
public final class GoldProvisioner {
  private GoldProvisioner() {}

  /** Creates what is missing. The caller holds the lock against other instances. */
  public static void ensure(Connection connection, FormerPositions former) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS gold");
      if (!exists(connection, "gold.positions")) {
        connection.setAutoCommit(false);
        statement.execute(GoldPositions.DEFINITION);
        adopt(connection, former);
        connection.commit();
        connection.setAutoCommit(true);
      }
      for (GoldTable<?> table : GoldTables.ALL) {
        for (String each : table.definition()) {
          statement.execute(each);
        }
      }
    }
  }

  /** Copies the positions from Kafka, for relations of a version that kept them there. */
  private static void adopt(Connection connection, FormerPositions former) throws SQLException {
    for (GoldTable<?> table : GoldTables.ALL) {
      if (exists(connection, "gold." + table.table())) {
        var positions = new GoldPositions(table.view());
        for (Map.Entry<Integer, Long> each : former.of(table.view()).entrySet()) {
          positions.add(connection, "", each.getKey(), each.getValue());
        }
      }
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
