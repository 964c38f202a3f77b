package io.weir.tools.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What the commands remember of a rebuild: offsets, in a table of its schema. */
final class RebuildNotes {
  /** The end of the topic of erasures when the feed began. */
  static final String FED = "fed";

  /** The offsets of the changelog behind the cells that were loaded. */
  static final String LOADED = "loaded";

  /** There if the cells that were loaded have the sums of erased persons. */
  static final String CARRIED = "carried";

  /** What the former application had read of its topics when it was stopped. */
  static final String CUT = "cut";

  /** The records before the cut that are left to the new application, as a number. */
  static final String LEFT_OUT = "left out";

  /** The ends of the live topic of sessions at the switch. */
  static final String LIVE_SESSIONS = "live sessions";

  /** The application whose cells gold had before, as a topic. */
  static final String FORMER = "former";

  private final Connection connection;
  private final String table;

  RebuildNotes(Connection connection, RebuildName name) {
    this.connection = connection;
    this.table = name.schema() + ".notes";
  }

  /** Makes the schema and the table if they are missing. */
  void ensure() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String schema = table.substring(0, table.indexOf('.'));
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
      statement.execute(
          "COMMENT ON SCHEMA " + schema + " IS 'A rebuild of gold: docs/gold-rebuild.md'");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + " (kind text, topic text, partition integer, next_offset bigint NOT NULL,"
              + " PRIMARY KEY (kind, topic, partition))");
    }
  }

  /** The offsets of a kind; empty without any, or without the table. */
  Map<TopicPartition, Long> of(String kind) throws SQLException {
    var found = new HashMap<TopicPartition, Long>();
    if (!exists()) {
      return found;
    }
    String sql = "SELECT topic, partition, next_offset FROM " + table + " WHERE kind = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, kind);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
    }
    return found;
  }

  /** Whether there is such a rebuild: a feed makes the table. */
  boolean exists() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Whether a switch was begun that leaves records to the new application. */
  boolean leavesOut() throws SQLException {
    return of(LEFT_OUT).values().stream().anyMatch(each -> each > 0);
  }

  /** Replaces the offsets of a kind. */
  void put(String kind, Map<TopicPartition, Long> offsets) throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM " + table + " WHERE kind = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
      delete.setString(1, kind);
      delete.executeUpdate();
      for (Map.Entry<TopicPartition, Long> each : offsets.entrySet()) {
        insert.setString(1, kind);
        insert.setString(2, each.getKey().topic());
        insert.setInt(3, each.getKey().partition());
        insert.setLong(4, each.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
