package io.weir.tools.erase;

import static java.util.Objects.requireNonNull;

import io.weir.lake.gold.Postgres;
import io.weir.tools.reconcile.PersonSums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Adds the sums of the removed sessions to {@code gold.erased}, once for each commit that removed
 * some.
 *
 * <p>The sums wait in {@code gold.erasures} while silver commits; the summary of that commit has
 * the id of the erasure. If a run ends in between, the next one looks for the id in silver's
 * snapshots, and counts the sums or drops them.
 */
final class ErasedSums implements Removal, AutoCloseable {
  /** Adding the sums of many sessions takes longer than other statements. */
  private static final int ANSWER_TIMEOUT_MS = 600_000;

  /** An earlier version has no sums, none of goals, or none that leave out what is zero. */
  private static final String IS_OF_THIS_VERSION =
      """
      SELECT count(*) = 2 FROM information_schema.columns
      WHERE (table_schema, table_name, column_name)
        IN (('gold', 'erased', 'goal_value'), ('gold', 'kept', 'sessions_from'))
      """;

  static final String ERASURE_ID = "weir.erasure-id";

  private final Connection connection;
  private final Catalog catalog;
  private final ErasureSubject target;
  private final ZoneId zone;
  private final boolean isWritten;
  private @Nullable Erasure open;
  private int sessions;
  private int uncertain;

  private record Erasure(UUID id, String cells, int sessions) {}

  private record Waiting(UUID id, long base, String cells) {}

  private ErasedSums(
      Connection connection, Catalog catalog, ErasureSubject target, ZoneId otherwise)
      throws SQLException {
    this.connection = connection;
    this.catalog = catalog;
    this.target = target;
    this.isWritten = "t".equals(text(IS_OF_THIS_VERSION));
    String ofGold =
        isWritten ? text("SELECT max(value) FROM gold.cells WHERE subject = 'progress'") : null;
    this.zone = ofGold == null ? otherwise : ZoneId.of(ofGold);
  }

  /** Connects; the days are those of gold, or of the given zone if gold has none yet. */
  static ErasedSums connect(
      Postgres postgres, Catalog catalog, ErasureSubject target, ZoneId otherwise)
      throws SQLException {
    Connection connection = postgres.connect();
    connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
    return new ErasedSums(connection, catalog, target, otherwise);
  }

  private @Nullable String text(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public Map<String, String> begin(Table table, Snapshot start, Set<String> keys)
      throws SQLException {
    if (!isWritten || keys.isEmpty()) {
      return Map.of();
    }
    String cells =
        new PersonSums(catalog, zone, quartersFrom(), target.needles()::areIn).of(start, keys);
    var erasure = new Erasure(UUID.randomUUID(), cells, keys.size());
    String sql =
        "INSERT INTO gold.erasures (erasure_id, base_snapshot, cells) VALUES (?, ?, ?::jsonb)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, erasure.id);
      statement.setLong(2, start.snapshotId());
      statement.setString(3, cells);
      statement.executeUpdate();
    }
    open = erasure;
    return Map.of(ERASURE_ID, erasure.id.toString());
  }

  private Instant quartersFrom() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT quarters_from FROM gold.kept");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.MIN;
    }
  }

  @Override
  public void end() throws SQLException {
    if (open != null) {
      Erasure done = requireNonNull(open);
      count(done.id, done.cells);
      sessions += done.sessions;
      open = null;
    }
  }

  /** Counts or drops the sums of runs that ended midway. */
  void settle(Table table) throws SQLException {
    if (!isWritten) {
      return;
    }
    var erasures = new HashSet<String>();
    table.snapshots().forEach(each -> erasures.add(each.summary().getOrDefault(ERASURE_ID, "")));
    for (Waiting each : waiting()) {
      if (erasures.contains(each.id.toString())) {
        count(each.id, each.cells);
      } else {
        uncertain += table.snapshot(each.base) == null ? 1 : 0;
        drop(each.id);
      }
    }
  }

  private List<Waiting> waiting() throws SQLException {
    var found = new ArrayList<Waiting>();
    String sql =
        "SELECT erasure_id, base_snapshot, cells FROM gold.erasures WHERE cells IS NOT NULL";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Waiting(rows.getObject(1, UUID.class), rows.getLong(2), rows.getString(3)));
      }
    }
    return found;
  }

  /** Adds the sums, unless that was done before. */
  private void count(UUID id, String cells) throws SQLException {
    String sql =
        """
        WITH counted AS (
          INSERT INTO gold.erasures AS had (erasure_id, base_snapshot, cells) VALUES (?, 0, NULL)
          ON CONFLICT (erasure_id) DO UPDATE SET cells = NULL WHERE had.cells IS NOT NULL
          RETURNING 1)
        SELECT gold.add_erased(?::jsonb) FROM counted
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.setString(2, cells);
      statement.execute();
    }
  }

  private void drop(UUID id) throws SQLException {
    String sql = "DELETE FROM gold.erasures WHERE erasure_id = ? AND cells IS NOT NULL";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  /** What was counted, for the certificate. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        isWritten
            ? "gold.erased: the sums of " + sessions + " sessions added, as numbers of nobody"
            : "gold.erased: NOT WRITTEN, PostgreSQL has no table of this version yet; start lake-sink of this"
                + " version once. reconcile will tell differences for the days of the sessions");
    if (uncertain > 0) {
      lines.add(
          "gold.erased: "
              + uncertain
              + " earlier runs ended midway, and silver's history no longer says whether they"
              + " removed sessions; reconcile may tell differences");
    }
    return lines;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
