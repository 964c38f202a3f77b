package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import io.weir.training.session.LakeSessions.Range;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expressions;

/** Reads sessions and their scores row by row; keeps none. */
public final class LakeReader implements AutoCloseable {
  private static final String KEY = "session_key";

  private final Catalog catalog;

  LakeReader(Catalog catalog) {
    this.catalog = catalog;
  }

  public static LakeReader connect(LakeLocation lake) {
    return new LakeReader(LakeCatalog.connectToRead(lake));
  }

  /** Gives the newest score of each session that began in the range, without its reasons. */
  public void scores(Range range, Consumer<StoredScore> consumer) {
    rows(
        LakeTables.SCORES,
        "session_start",
        range,
        StoredScore.SHORT,
        row -> consumer.accept(StoredScore.of(row)));
  }

  /** Gives each session that began in the range, at its newest revision. */
  public void sessions(Range range, Consumer<Session> consumer) {
    rows(
        LakeTables.SESSIONS,
        "start_time",
        range,
        LakeSessionRow.COLUMNS,
        row -> consumer.accept(LakeSessionRow.session(row)));
  }

  /** Gives each row of a table whose time is in the range. */
  public void rows(
      TableSpec spec, String time, Range range, List<String> columns, Consumer<Record> consumer) {
    Table table = table(spec);
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot != null) {
      TableRows.read(LakeScan.scan(table, snapshot, time, range, columns), consumer);
    }
  }

  /** The newest score of a session. */
  public Optional<StoredScore> score(String key) {
    return one(table(LakeTables.SCORES), key, StoredScore.ALL, StoredScore::of);
  }

  /**
   * A session at a revision: the newest one, or one before it while the lake has its changes. Empty
   * if the lake does not have that revision.
   */
  public Optional<Session> session(String key, int revision) {
    Optional<Session> newest =
        one(table(LakeTables.SESSIONS), key, LakeSessionRow.COLUMNS, LakeSessionRow::session)
            .filter(session -> session.getRevision() == revision);
    if (newest.isPresent()) {
      return newest;
    }
    Table changes = table(LakeTables.SESSION_CHANGES);
    var former = new AtomicReference<Session>();
    if (changes.currentSnapshot() != null) {
      TableRows.read(
          IcebergGenerics.read(changes)
              .where(
                  Expressions.and(
                      Expressions.equal(KEY, key), Expressions.equal("revision", revision)))
              .select(LakeSessionRow.COLUMNS),
          row -> former.set(LakeSessionRow.session(row)));
    }
    return Optional.ofNullable(former.get());
  }

  private static <T> Optional<T> one(
      Table table, String key, List<String> columns, Function<Record, T> as) {
    if (table.currentSnapshot() == null) {
      return Optional.empty();
    }
    var found = new AtomicReference<T>();
    TableRows.read(
        IcebergGenerics.read(table).where(Expressions.equal(KEY, key)).select(columns),
        row -> found.set(as.apply(row)));
    return Optional.ofNullable(found.get());
  }

  private Table table(TableSpec spec) {
    try {
      return catalog.loadTable(spec.identifier());
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no table " + spec.fullName() + " yet: start lake-sink", e);
    }
  }

  @Override
  public void close() {
    LakeCatalog.close(catalog);
  }
}
