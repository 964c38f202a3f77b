package io.weir.training.rescore;

import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import io.weir.training.session.ModelVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * Writes {@code gold.rescores}, one range of starts after the other, each in one transaction. Doing
 * a range again leaves the same rows: those of sessions that are gone are removed, and the time of
 * an equal score stays.
 */
public final class RescoreBook implements AutoCloseable {
  private static final int BATCH = 1_000;

  private static final String TABLE =
      """
      CREATE TEMPORARY TABLE rescored (
        session_key text COLLATE "C", visitor_id text, session_revision integer,
        session_start timestamptz, conversion_score double precision) ON COMMIT DELETE ROWS
      """;
  private static final String ADD = "INSERT INTO rescored VALUES (?, ?, ?, ?, ?)";

  private static final String UPSERT =
      """
      INSERT INTO gold.rescores AS old (
        session_key, model_name, model_version, visitor_id, session_revision, session_start,
        conversion_score, scored_at)
      SELECT DISTINCT ON (session_key)
        session_key, ?, ?, visitor_id, session_revision, session_start, conversion_score, now()
      FROM rescored
      ORDER BY session_key, session_revision DESC
      ON CONFLICT (session_key, model_name, model_version) DO UPDATE SET
        visitor_id = excluded.visitor_id, session_revision = excluded.session_revision,
        session_start = excluded.session_start, conversion_score = excluded.conversion_score,
        scored_at = excluded.scored_at
      WHERE (old.visitor_id, old.session_revision, old.session_start, old.conversion_score)
        IS DISTINCT FROM (excluded.visitor_id, excluded.session_revision, excluded.session_start,
          excluded.conversion_score)
      """;

  private static final String REMOVE =
      """
      DELETE FROM gold.rescores AS old
      WHERE model_name = ? AND model_version = ? AND session_start >= ? AND session_start < ?
        AND NOT EXISTS (SELECT FROM rescored WHERE rescored.session_key = old.session_key)
      """;

  private final Connection connection;
  private final ModelVersion model;

  private RescoreBook(Connection connection, ModelVersion model) {
    this.connection = connection;
    this.model = model;
  }

  /**
   * The outcome of writing a range.
   *
   * @param changed rows that are new or differ from those before
   * @param removed rows of sessions that the lake has no more
   */
  public record Written(long sessions, long changed, long removed) {
    public static final Written NOTHING = new Written(0, 0, 0);

    public Written plus(Written other) {
      return new Written(
          sessions + other.sessions, changed + other.changed, removed + other.removed);
    }
  }

  public static RescoreBook open(Postgres postgres, ModelVersion model) {
    try {
      Connection connection = postgres.connect();
      try (Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(TABLE);
        connection.commit();
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new RescoreBook(connection, model);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Writes the scores of all sessions that began in the range. */
  public Written write(Instant from, Instant to, Consumer<Consumer<Rescore>> scores) {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      var rows = new Rows(add);
      scores.accept(rows);
      rows.flush();
      long changed = upsert();
      long removed = remove(from, to);
      connection.commit();
      return new Written(rows.count, changed, removed);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Takes rows into the temporary table, a batch at a time. */
  private static final class Rows implements Consumer<Rescore> {
    private final PreparedStatement add;
    private long count;

    Rows(PreparedStatement add) {
      this.add = add;
    }

    @Override
    public void accept(Rescore row) {
      try {
        add.setString(1, row.sessionKey());
        add.setString(2, row.visitorId());
        add.setInt(3, row.revision());
        add.setObject(4, time(Instant.ofEpochMilli(row.start())));
        add.setDouble(5, row.score());
        add.addBatch();
        if (++count % BATCH == 0) {
          flush();
        }
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    void flush() throws SQLException {
      add.executeBatch();
    }
  }

  private long upsert() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      statement.setString(1, model.name());
      statement.setString(2, model.version());
      return statement.executeLargeUpdate();
    }
  }

  private long remove(Instant from, Instant to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      statement.setString(1, model.name());
      statement.setString(2, model.version());
      statement.setObject(3, time(from));
      statement.setObject(4, time(to));
      return statement.executeLargeUpdate();
    }
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static StartupException failed(SQLException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new StartupException(
        "gold.rescores cannot be written: " + why + "; the table comes with lake-sink", e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
