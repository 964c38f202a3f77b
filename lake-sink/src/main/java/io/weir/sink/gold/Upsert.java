package io.weir.sink.gold;

import io.weir.lake.gold.GoldColumn;
import io.weir.lake.gold.GoldTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
  private final Map<String, T> newest = new TreeMap<>();
  private final Set<String> gone = new TreeSet<>();

  Upsert(GoldTable<T> table) {
    this.table = table;
    this.sql = table.upsert();
  }

  void add(T record) {
    String key = table.key().of().apply(record);
    newest.merge(key, record, this::newer);
    gone.remove(key);
  }

  /** Adds the deletion of a key. A later record in the batch replaces the deletion. */
  void remove(String key) {
    newest.remove(key);
    gone.add(key);
  }

  void clear() {
    newest.clear();
    gone.clear();
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
    statement.setString(1, GoldColumn.storable(table.key().of().apply(record)));
    statement.setLong(2, table.version().applyAsLong(record));
    statement.setBoolean(3, table.retracted().apply(record));
    int index = 4;
    for (GoldColumn<T> column : table.columns()) {
      column.binder().bind(statement, index++, record);
    }
  }

  private T newer(T one, T other) {
    return rank(other) > rank(one) ? other : one;
  }

  private long rank(T record) {
    return 2L * table.version().applyAsLong(record) + (table.retracted().apply(record) ? 1 : 0);
  }
}
