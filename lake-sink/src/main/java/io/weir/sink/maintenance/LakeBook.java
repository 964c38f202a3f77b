package io.weir.sink.maintenance;

import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files, rows, sizes and last commits of the lake's tables to {@code gold.lake_tables},
 * in intervals, in a thread of its own. The page shows them, and stream-app does not know the lake.
 * Several instances write the same. Nothing waits for it, so a failure is only logged, once.
 */
public final class LakeBook implements AutoCloseable {
  private static final String WRITE =
      """
      INSERT INTO gold.lake_tables
        (table_name, files, delete_files, rows, bytes, snapshots, committed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (table_name) DO UPDATE SET
        files = excluded.files, delete_files = excluded.delete_files, rows = excluded.rows,
        bytes = excluded.bytes, snapshots = excluded.snapshots,
        committed_at = excluded.committed_at, seen_at = excluded.seen_at
      """;

  private final Catalog catalog;
  private final Postgres postgres;
  private final Duration interval;
  private final BackgroundWork work;

  /**
   * Creates the book.
   *
   * @param catalog used by this book alone
   */
  public LakeBook(Catalog catalog, Postgres postgres, Duration interval) {
    this.catalog = catalog;
    this.postgres = postgres;
    this.interval = interval;
    this.work =
        new BackgroundWork("lake-book", "gold.lake_tables will be written later", this::write);
  }

  public void start() {
    work.start(interval);
  }

  /** Writes the present state of all tables. */
  void write() throws SQLException {
    try (Connection connection = postgres.connect();
        PreparedStatement rows = connection.prepareStatement(WRITE)) {
      for (TableSpec spec : LakeTables.all()) {
        add(rows, spec.fullName(), catalog.loadTable(spec.identifier()));
      }
      rows.executeBatch();
    }
  }

  private static void add(PreparedStatement row, String name, Table table) throws SQLException {
    Snapshot newest = table.currentSnapshot();
    row.setString(1, name);
    row.setLong(2, total(newest, SnapshotSummary.TOTAL_DATA_FILES_PROP));
    row.setLong(3, total(newest, SnapshotSummary.TOTAL_DELETE_FILES_PROP));
    row.setLong(4, total(newest, SnapshotSummary.TOTAL_RECORDS_PROP));
    row.setLong(5, total(newest, SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    row.setLong(6, StreamSupport.stream(table.snapshots().spliterator(), false).count());
    row.setObject(7, newest == null ? null : time(newest.timestampMillis()));
    row.addBatch();
  }

  private static long total(@Nullable Snapshot snapshot, String property) {
    return snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
  }

  private static OffsetDateTime time(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    work.close();
  }
}
