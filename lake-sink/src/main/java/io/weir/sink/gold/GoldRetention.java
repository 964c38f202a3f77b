package io.weir.sink.gold;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import io.weir.lake.gold.Postgres;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes old rows of gold in small transactions, while writers run.
 *
 * <p>Cells of 15 minutes go bucket by bucket, each with all its partitions, the oldest first. The
 * limit is stored before, and PostgreSQL refuses cells that start earlier: a late difference would
 * bring back the part of one partition.
 */
public final class GoldRetention {
  private static final int BATCH = 5_000;
  private static final String OLD_QUARTERS =
      " FROM gold.cell_versions WHERE subject = ANY(?) AND grain = '15m' AND dimension = ANY(?)"
          + " AND bucket_start < ?";

  /** In the order in which rows go: no score outlives its session. */
  private static final List<SessionTable> SESSIONS =
      List.of(
          new SessionTable("click_score_versions", "event_id", "event_time"),
          new SessionTable("challenger_revisions", "session_key", "session_start"),
          new SessionTable("return_score_revisions", "session_key", "session_start"),
          new SessionTable("rescores", "session_key", "session_start"),
          new SessionTable("score_revisions", "session_key", "session_start"),
          new SessionTable("session_revisions", "session_key", "start_time"));

  private final Postgres postgres;
  private final KeepRules rules;

  private record SessionTable(String name, String key, String start) {}

  /**
   * The numbers of removed rows, or of those that would be.
   *
   * @param months whole months of restatements, whose rows are not counted
   */
  public record Result(long cells, long sessions, long months, long restatements, long alerts) {
    Result(long cells, long sessions) {
      this(cells, sessions, 0, 0, 0);
    }

    Result plus(BooksRetention.Result books) {
      return new Result(cells, sessions, books.months(), books.restatements(), books.alerts());
    }

    public boolean isEmpty() {
      return cells + sessions + months + restatements + alerts == 0;
    }

    @Override
    public String toString() {
      return "gold: "
          + cells
          + " old cells of 15 minutes, "
          + sessions
          + " old rows of sessions and scores, "
          + months
          + " old months of restatements, "
          + restatements
          + " old restatements without a month and "
          + alerts
          + " old alerts removed";
    }
  }

  public GoldRetention(Postgres postgres, KeepRules rules) {
    this.postgres = postgres;
    this.rules = rules;
  }

  /** Counts what would be removed. */
  public Result dryRun() throws SQLException {
    try (Connection connection = postgres.connect()) {
      OffsetDateTime settled = settled(connection);
      Result result =
          settled == null
              ? new Result(0, 0)
              : new Result(
                  quarters(connection, settled.minus(rules.quarters())),
                  sessions(connection, settled, false));
      return result.plus(new BooksRetention(connection, rules).dryRun());
    }
  }

  /** Removes what is old, seen from the time up to which every partition has settled. */
  public Result run() throws SQLException {
    try (Connection connection = postgres.connect()) {
      OffsetDateTime settled = settled(connection);
      Result result =
          settled == null
              ? new Result(0, 0)
              : new Result(
                  removeQuarters(connection, settled.minus(rules.quarters())),
                  sessions(connection, settled, true));
      return result.plus(new BooksRetention(connection, rules).run());
    }
  }

  private static @Nullable OffsetDateTime settled(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT settled_until FROM gold.progress")) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
    }
  }

  private static long quarters(Connection connection, OffsetDateTime before) throws SQLException {
    try (PreparedStatement statement = old(connection, "SELECT count(*)" + OLD_QUARTERS, before);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static long removeQuarters(Connection connection, OffsetDateTime wanted)
      throws SQLException {
    OffsetDateTime before = raise(connection, "quarters_from", wanted);
    long removed = 0;
    for (OffsetDateTime bucket : oldBuckets(connection, before)) {
      String sql = "DELETE" + OLD_QUARTERS;
      try (PreparedStatement statement =
          old(connection, sql, bucket.plus(Duration.ofMinutes(15)))) {
        removed += statement.executeLargeUpdate();
      }
    }
    String sql = "DELETE FROM gold.erased WHERE grain = '15m' AND bucket_start < ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, before);
      statement.executeUpdate();
    }
    return removed;
  }

  /** Stores the limit, which never goes back, and returns it. */
  private static OffsetDateTime raise(Connection connection, String limit, OffsetDateTime wanted)
      throws SQLException {
    String sql = "UPDATE gold.kept SET " + limit + " = ? WHERE " + limit + " < ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, wanted);
      statement.setObject(2, wanted);
      statement.executeUpdate();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + limit + " FROM gold.kept")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class);
    }
  }

  private static List<OffsetDateTime> oldBuckets(Connection connection, OffsetDateTime before)
      throws SQLException {
    var buckets = new ArrayList<OffsetDateTime>();
    String sql = "SELECT DISTINCT bucket_start" + OLD_QUARTERS + " ORDER BY bucket_start";
    try (PreparedStatement statement = old(connection, sql, before);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        buckets.add(rows.getObject(1, OffsetDateTime.class));
      }
    }
    return buckets;
  }

  /** The subjects and dimensions are named, so that the index is used. */
  private static PreparedStatement old(Connection connection, String sql, OffsetDateTime before)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setArray(
        1, texts(connection, Arrays.stream(Subject.values()).map(Subject::code).toArray()));
    statement.setArray(
        2,
        texts(
            connection,
            Arrays.stream(Dimension.values())
                .filter(Dimension::hasQuarters)
                .map(Dimension::code)
                .toArray()));
    statement.setObject(3, before);
    return statement;
  }

  private static Array texts(Connection connection, Object[] values) throws SQLException {
    return connection.createArrayOf("text", values);
  }

  private long sessions(Connection connection, OffsetDateTime settled, boolean isRemoved)
      throws SQLException {
    long found = 0;
    if (!rules.sessions().isZero()) {
      OffsetDateTime before = settled.minus(rules.sessions());
      if (isRemoved) {
        raise(connection, "sessions_from", before);
      }
      for (SessionTable each : SESSIONS) {
        found += sessions(connection, each, before, isRemoved);
      }
    }
    return found;
  }

  /** Reads the keys once, and deletes them in batches over a second connection. */
  private long sessions(
      Connection connection, SessionTable table, OffsetDateTime before, boolean isRemoved)
      throws SQLException {
    long found = 0;
    String sql =
        "SELECT " + table.key + " FROM gold." + table.name + " WHERE " + table.start + " < ?";
    connection.setAutoCommit(false);
    try (Connection deleting = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(BATCH);
      statement.setObject(1, before);
      try (ResultSet rows = statement.executeQuery()) {
        for (var keys = batch(rows); !keys.isEmpty(); keys = batch(rows)) {
          found += isRemoved ? delete(deleting, table, before, keys) : keys.size();
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    return found;
  }

  private static List<String> batch(ResultSet rows) throws SQLException {
    var keys = new ArrayList<String>(BATCH);
    while (keys.size() < BATCH && rows.next()) {
      keys.add(rows.getString(1));
    }
    return keys;
  }

  private static long delete(
      Connection connection, SessionTable table, OffsetDateTime before, List<String> keys)
      throws SQLException {
    String sql =
        "DELETE FROM gold."
            + table.name
            + " WHERE "
            + table.key
            + " = ANY(?) AND "
            + table.start
            + " < ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, texts(connection, keys.toArray()));
      statement.setObject(2, before);
      return statement.executeLargeUpdate();
    }
  }
}
