package io.weir.sink.gold;

import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Offsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The next offset to read for each relation and partition, one row each. A row is updated in the
 * transaction that writes the records before the offset, and only if it still has the offset at
 * which the writer started.
 */
final class GoldPositions {
  static final String DEFINITION =
      """
      CREATE TABLE IF NOT EXISTS gold.positions (
        relation text NOT NULL,
        partition integer NOT NULL,
        topic_id text NOT NULL,
        next_offset bigint NOT NULL,
        PRIMARY KEY (relation, partition))
      """;

  private final String relation;

  GoldPositions(String relation) {
    this.relation = relation;
  }

  Offsets read(Connection connection) throws SQLException {
    var next = new TreeMap<Integer, Long>();
    String topicId = "";
    String sql = "SELECT partition, topic_id, next_offset FROM gold.positions WHERE relation = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          next.put(rows.getInt(1), rows.getLong(3));
          topicId = topicId.isEmpty() ? rows.getString(2) : topicId;
        }
      }
    }
    return new Offsets(topicId, next);
  }

  /**
   * Moves the partitions of the plan in the order of their numbers, so two writers cannot deadlock.
   * Returns false if a partition is not at the plan's start. Then the caller must roll back.
   */
  boolean move(Connection connection, CommitPlan plan) throws SQLException {
    for (Map.Entry<Integer, CommitPlan.Span> each : new TreeMap<>(plan.spans()).entrySet()) {
      if (!move(connection, plan.topicId(), each)) {
        return false;
      }
    }
    dropFormerTopics(connection, plan.topicId());
    return true;
  }

  private boolean move(
      Connection connection, String topicId, Map.Entry<Integer, CommitPlan.Span> partition)
      throws SQLException {
    CommitPlan.Span span = partition.getValue();
    if (span.from() == Offsets.NONE) {
      return add(connection, topicId, partition.getKey(), span.to());
    }
    String sql =
        """
        UPDATE gold.positions SET next_offset = ?, topic_id = coalesce(nullif(?, ''), topic_id)
        WHERE relation = ? AND partition = ? AND next_offset = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, span.to());
      statement.setString(2, topicId);
      statement.setString(3, relation);
      statement.setInt(4, partition.getKey());
      statement.setLong(5, span.from());
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * Returns whether there are positions of a topic with another id, and locks them. Of writers that
   * ask at once, only the first gets true.
   */
  boolean lockFormerTopics(Connection connection, String topicId) throws SQLException {
    String sql =
        """
        SELECT partition FROM gold.positions
        WHERE relation = ? AND topic_id NOT IN ('', ?) ORDER BY partition FOR UPDATE
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation);
      statement.setString(2, topicId);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && !topicId.isEmpty();
      }
    }
  }

  /** Adds a position. Returns false if the partition has one already. */
  boolean add(Connection connection, String topicId, int partition, long offset)
      throws SQLException {
    String sql =
        """
        INSERT INTO gold.positions (relation, partition, topic_id, next_offset)
        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation);
      statement.setInt(2, partition);
      statement.setString(3, topicId);
      statement.setLong(4, offset);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * Deletes the positions of topics with other ids. They are not valid for a new topic of the same
   * name.
   */
  private void dropFormerTopics(Connection connection, String topicId) throws SQLException {
    if (topicId.isEmpty()) {
      return;
    }
    String sql = "DELETE FROM gold.positions WHERE relation = ? AND topic_id NOT IN ('', ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation);
      statement.setString(2, topicId);
      statement.executeUpdate();
    }
  }
}
