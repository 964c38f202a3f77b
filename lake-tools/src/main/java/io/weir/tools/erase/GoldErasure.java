package io.weir.tools.erase;

import io.weir.lake.gold.Postgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds and deletes the rows of a person in gold, retracted ones too: the views only hide those.
 */
final class GoldErasure implements AutoCloseable {
  /** For each table, the SQL condition that a row belongs to one of the ids or sessions. */
  private static final Map<String, String> CONDITIONS = conditions();

  private final Connection connection;

  GoldErasure(Postgres postgres) throws SQLException {
    this.connection = postgres.connect();
  }

  private static Map<String, String> conditions() {
    var conditions = new LinkedHashMap<String, String>();
    conditions.put(
        "gold.session_revisions",
        "visitor_id = ANY(p.ids) OR user_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put(
        "gold.score_revisions", "visitor_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put(
        "gold.challenger_revisions", "visitor_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put(
        "gold.return_score_revisions", "visitor_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put("gold.click_score_versions", "visitor_id = ANY(p.ids)");
    conditions.put("gold.rescores", "visitor_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put("gold.restatements", "visitor_id = ANY(p.ids) OR session_key = ANY(p.sessions)");
    conditions.put("gold.identity_versions", "visitor_id = ANY(p.ids) OR user_id = ANY(p.ids)");
    return conditions;
  }

  Set<String> visitorsOf(Set<String> users) throws SQLException {
    return texts(
        """
        SELECT visitor_id FROM gold.identity_versions WHERE user_id = ANY(?)
        UNION SELECT visitor_id FROM gold.session_revisions WHERE user_id = ANY(?)
        """,
        users,
        2);
  }

  Set<String> sessionsOf(Set<String> ids) throws SQLException {
    return texts(
        """
        SELECT session_key FROM gold.session_revisions WHERE visitor_id = ANY(?)
        UNION SELECT session_key FROM gold.session_revisions WHERE user_id = ANY(?)
        UNION SELECT session_key FROM gold.score_revisions WHERE visitor_id = ANY(?)
        UNION SELECT session_key FROM gold.challenger_revisions WHERE visitor_id = ANY(?)
        UNION SELECT session_key FROM gold.return_score_revisions WHERE visitor_id = ANY(?)
        UNION SELECT session_key FROM gold.rescores WHERE visitor_id = ANY(?)
        UNION SELECT session_key FROM gold.restatements WHERE visitor_id = ANY(?)
        """,
        ids,
        7);
  }

  private Set<String> texts(String sql, Set<String> values, int times) throws SQLException {
    var found = new TreeSet<String>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= times; i++) {
        statement.setArray(i, connection.createArrayOf("text", values.toArray()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String text = rows.getString(1);
          if (text != null) {
            found.add(text);
          }
        }
      }
    }
    return found;
  }

  /** The next offset to read of each relation, by partition. */
  Map<String, Map<Integer, Long>> positions() throws SQLException {
    var positions = new LinkedHashMap<String, Map<Integer, Long>>();
    String sql = "SELECT relation, partition, next_offset FROM gold.positions";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        positions
            .computeIfAbsent(rows.getString(1), _ -> new LinkedHashMap<>())
            .put(rows.getInt(2), rows.getLong(3));
      }
    }
    return positions;
  }

  /** The number of the target's rows in each table. */
  Map<String, Long> count(ErasureSubject target) throws SQLException {
    var counts = new LinkedHashMap<String, Long>();
    for (String table : CONDITIONS.keySet()) {
      String sql = "SELECT count(*) FROM " + table + " AS t, " + where(table);
      try (PreparedStatement statement = prepared(sql, target);
          ResultSet rows = statement.executeQuery()) {
        rows.next();
        counts.put(table, rows.getLong(1));
      }
    }
    return counts;
  }

  Map<String, Long> delete(ErasureSubject target) throws SQLException {
    var counts = new LinkedHashMap<String, Long>();
    for (String table : CONDITIONS.keySet()) {
      String sql = "DELETE FROM " + table + " AS t USING " + where(table);
      try (PreparedStatement statement = prepared(sql, target)) {
        counts.put(table, statement.executeLargeUpdate());
      }
    }
    return counts;
  }

  /** The condition of a table's rows. A long id is searched in all columns, as in the lake. */
  private static String where(String table) {
    return "(SELECT ?::text[] AS ids, ?::text[] AS sessions, ?::text[] AS anywhere) AS p WHERE "
        + CONDITIONS.get(table)
        + " OR EXISTS (SELECT 1 FROM unnest(p.anywhere) AS id WHERE position(id IN t::text) > 0)";
  }

  private PreparedStatement prepared(String sql, ErasureSubject target) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    Collection<String> anywhere =
        target.ids().stream()
            .filter(id -> id.getBytes(StandardCharsets.UTF_8).length >= Needles.LONG)
            .toList();
    statement.setArray(1, connection.createArrayOf("text", target.ids().toArray()));
    statement.setArray(2, connection.createArrayOf("text", target.sessions().toArray()));
    statement.setArray(3, connection.createArrayOf("text", anywhere.toArray()));
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
