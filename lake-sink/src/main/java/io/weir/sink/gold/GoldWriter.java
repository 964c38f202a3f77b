package io.weir.sink.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.commit.CauseChain;
import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Marker;
import io.weir.lake.commit.Offsets;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.Postgres;
import io.weir.sink.write.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one topic into one relation of PostgreSQL, rows and positions in one transaction. A writer
 * that was frozen while others continued finds its positions moved and writes nothing.
 */
public final class GoldWriter<T extends SpecificRecordBase> implements Committer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoldWriter.class);
  private static final int PROBE_SECONDS = 5;

  /**
   * The limit after which PostgreSQL ends the transaction of a frozen writer and frees its locks.
   */
  private static final String END_WHEN_IDLE =
      "SET LOCAL idle_in_transaction_session_timeout = '30s'";

  private final GoldTable<T> table;
  private final Postgres postgres;
  private final GoldPositions positions;
  private final Upsert<T> upsert;
  private @Nullable Connection connection;

  public GoldWriter(GoldTable<T> table, Postgres postgres) {
    this.table = table;
    this.postgres = postgres;
    this.positions = new GoldPositions(table.view());
    this.upsert = new Upsert<>(table);
  }

  /** The batch that collects the records of the next commit. */
  public RowWriter batch(Topic topic, AvroSerde<T> serde) {
    return new GoldBatch<>(topic, serde, upsert);
  }

  @Override
  public synchronized Offsets offsets() {
    try {
      return positions.read(connected());
    } catch (SQLException e) {
      disconnect();
      throw new IllegalStateException(
          "PostgreSQL does not report the positions of " + table.fullName(), e);
    }
  }

  @Override
  public synchronized CommitOutcome commit(CommitPlan plan, Changes changes) {
    try {
      return written(connected(), plan);
    } catch (SQLException e) {
      disconnect();
      return new CommitOutcome.Unknown(CauseChain.of(e));
    }
  }

  private CommitOutcome written(Connection current, CommitPlan plan) throws SQLException {
    current.setAutoCommit(false);
    try (Statement statement = current.createStatement()) {
      statement.execute(END_WHEN_IDLE);
    }
    if (table.beginsAnew() && positions.lockFormerTopics(current, plan.topicId())) {
      upsert.empty(current);
    }
    if (positions.move(current, plan)) {
      upsert.write(current);
      current.commit();
      current.setAutoCommit(true);
      return new CommitOutcome.Committed();
    }
    current.rollback();
    current.setAutoCommit(true);
    return unmoved(plan, positions.read(current));
  }

  /**
   * The result if the positions were not at the plan's start. If all are at its end, an earlier
   * attempt wrote the plan.
   */
  private static CommitOutcome unmoved(CommitPlan plan, Offsets found) {
    boolean isDone =
        plan.spans().entrySet().stream()
            .allMatch(each -> found.of(each.getKey()) == each.getValue().to());
    return isDone
        ? new CommitOutcome.Committed()
        : new CommitOutcome.Stale(
            plan.staleness(new Marker("", found)).orElse("another writer was faster"));
  }

  private Connection connected() throws SQLException {
    Connection current = connection;
    if (current == null || !current.isValid(PROBE_SECONDS)) {
      disconnect();
      current = postgres.connect();
      connection = current;
    }
    return current;
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("A broken connection could not be closed", e);
    }
    connection = null;
  }

  @Override
  public synchronized void close() {
    disconnect();
  }
}
