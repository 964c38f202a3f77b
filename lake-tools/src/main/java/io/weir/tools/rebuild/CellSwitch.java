package io.weir.tools.rebuild;

import io.weir.lake.gold.GoldTables;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Exchanges the cells of gold, and the positions of their reader, in one transaction. The tables of
 * gold stay, with their views and grants; their rows are others. The former rows are kept in the
 * schema of the rebuild.
 */
final class CellSwitch {
  private static final String CELLS = "gold." + GoldTables.CELLS.table();

  /** The sums of erased persons that the rebuilt cells have. */
  static final String CARRIED = "carried_erased";

  /** The key of the advisory lock. */
  private static final long LOCK = 7_295_386_241_880_152L;

  private static final String RELATION = GoldTables.CELLS.view();

  private final Connection connection;
  private final RebuildNotes notes;
  private final String schema;

  CellSwitch(Connection connection, RebuildName name) {
    this.connection = connection;
    this.notes = new RebuildNotes(connection, name);
    this.schema = name.schema();
  }

  /**
   * How far gold has read the cells, by the id of their topic and partition; empty without cells.
   */
  Map<TopicPartition, Long> positions() throws SQLException {
    var found = new HashMap<TopicPartition, Long>();
    String sql = "SELECT topic_id, partition, next_offset FROM gold.positions WHERE relation = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, RELATION);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
    }
    return found;
  }

  /** Until the transaction ends, no other switch can begin. */
  void lock() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }
  }

  /** Puts the loaded cells into gold; the caller commits. */
  void forth(String topicId, String formerApplication) throws SQLException {
    Map<TopicPartition, Long> loaded = notes.of(RebuildNotes.LOADED);
    refuseWaitingErasure();
    try (Statement statement = connection.createStatement()) {
      for (String[] each : kept()) {
        statement.execute("DROP TABLE IF EXISTS " + schema + "." + each[1]);
        statement.execute(
            "CREATE TABLE " + schema + "." + each[1] + " AS SELECT * FROM " + each[0]);
      }
    }
    keepErased();
    replace("cell_versions");
    for (Map.Entry<TopicPartition, Long> each : loaded.entrySet()) {
      position(each.getKey().partition(), topicId, each.getValue());
    }
    notes.put(RebuildNotes.FORMER, Map.of(new TopicPartition(formerApplication, 0), 0L));
  }

  /** Puts the former cells back into gold; the caller commits. */
  void back() throws SQLException {
    refuseWaitingErasure();
    replace("former_cells");
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE gold.erased");
      insert(statement, "gold.erased", "former_erased");
      insert(statement, "gold.positions", "former_positions");
      for (String[] each : kept()) {
        statement.execute("DROP TABLE " + schema + "." + each[1]);
      }
    }
    notes.put(RebuildNotes.FORMER, Map.of());
  }

  /** What is kept of gold, and the name of the copy. */
  private static String[][] kept() {
    return new String[][] {
      {CELLS, "former_cells"},
      {"gold.erased", "former_erased"},
      {"gold.positions WHERE relation = '" + RELATION + "'", "former_positions"}
    };
  }

  /** Sums of erased persons stay where the cells have them, and leave gold where they do not. */
  private void keepErased() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (notes.of(RebuildNotes.CARRIED).isEmpty()) {
        statement.execute("TRUNCATE gold.erased");
        return;
      }
      // Retention removes rows, too: those are in no cell that anybody reads.
      String added =
          "SELECT EXISTS (SELECT * FROM gold.erased EXCEPT SELECT * FROM " + schema + ".%s)";
      try (ResultSet row = statement.executeQuery(added.formatted(CARRIED))) {
        row.next();
        if (row.getBoolean(1)) {
          throw new StartupException(
              "persons were erased after their sums were carried over; run gold drop and begin a"
                  + " rebuild with another name");
        }
      }
    }
  }

  private void replace(String by) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + CELLS);
      insert(statement, CELLS, by);
      statement.execute("DELETE FROM gold.positions WHERE relation = '" + RELATION + "'");
    }
  }

  /** A migration may have added columns since the copy was made: they get their defaults. */
  private void insert(Statement statement, String into, String from) throws SQLException {
    var columns = new TreeSet<String>();
    String asked =
        "SELECT attname FROM pg_attribute WHERE attrelid = '%s.%s'::regclass AND attnum > 0"
            .formatted(schema, from);
    try (ResultSet found = statement.executeQuery(asked + " AND NOT attisdropped")) {
      while (found.next()) {
        columns.add(found.getString(1));
      }
    }
    String list = String.join(", ", columns);
    statement.execute(
        "INSERT INTO " + into + " (" + list + ") SELECT " + list + " FROM " + schema + "." + from);
  }

  private void position(int partition, String topicId, long next) throws SQLException {
    String sql =
        "INSERT INTO gold.positions (relation, partition, topic_id, next_offset)"
            + " VALUES (?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, RELATION);
      statement.setInt(2, partition);
      statement.setString(3, topicId);
      statement.setLong(4, next);
      statement.executeUpdate();
    }
  }

  private void refuseWaitingErasure() throws SQLException {
    String sql = "SELECT count(*) FROM gold.erasures WHERE cells IS NOT NULL";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getLong(1) > 0) {
        throw new StartupException("an erasure has not ended; run forget again first");
      }
    }
  }
}
