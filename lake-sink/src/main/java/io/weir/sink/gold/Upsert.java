package io.weir.sink.gold;

import io.weir.lake.gold.GoldColumn;
import io.weir.lake.gold.GoldTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One batch of records for a gold relation. It has the newest record of each key, and writes them
 * in the order of the keys, so two writers cannot deadlock.
 */
final class Upsert<T> {
  private final GoldTable<T> table;
  private final String sql;
  private final Comparator<T> byRank;
  private final Map<String, T> newest = new TreeMap<>();
  private final Set<String> gone = new TreeSet<>();

  Upsert(GoldTable<T> table) {
    this.table = table;
    this.sql = table.upsert();
    this.byRank = Comparator.comparingLong(table.version()).thenComparing(table.retracted());
  }

  /** Adds a record. Throws {@link IllegalArgumentException} if PostgreSQL cannot store it. */
  void add(T record) {
    table.check().accept(record);
    String key = table.keyOf(record);
    newest.merge(key, record, this::newer);
  }

  /**
   * Adds the deletion of a key. It comes before a later record of the batch, whose version may be
   * lower than that of the deleted row.
   */
  void remove(int partition, String recordKey) {
    String key = table.deletedKey(partition, recordKey);
    newest.remove(key);
    gone.add(key);
  }

  void clear() {
    newest.clear();
    gone.clear();
  }

  /**
   * Deletes all rows of gold's cells, and what erasures have left in the former cells. Sums that
   * wait count as counted. They are changed first, as forget does, so that the two cannot deadlock.
   */
  void empty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE gold.erasures SET cells = NULL WHERE cells IS NOT NULL");
      statement.execute("TRUNCATE gold.erased, gold." + table.table());
    }
  }

  /** Writes the batch; may be repeated. */
  void write(Connection connection) throws SQLException {
    delete(connection);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T record : newest.values()) {
        bind(statement, record);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void delete(Connection connection) throws SQLException {
    if (gone.isEmpty()) {
      return;
    }
    String delete = "DELETE FROM gold." + table.table() + " WHERE " + table.key().column();
    try (PreparedStatement statement = connection.prepareStatement(delete + " = ANY(?)")) {
      statement.setArray(1, connection.createArrayOf("text", gone.toArray()));
      statement.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, T record) throws SQLException {
    statement.setString(1, table.keyOf(record));
    statement.setLong(2, table.version().applyAsLong(record));
    statement.setBoolean(3, table.retracted().apply(record));
    int index = 4;
    for (GoldColumn<T> column : table.columns()) {
      column.binder().bind(statement, index++, record);
    }
  }

  private T newer(T one, T other) {
    return byRank.compare(other, one) > 0 ? other : one;
  }
}
