package io.weir.tools.erase;

import static java.util.Objects.requireNonNull;

import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.tools.reconcile.PersonSums;
import io.weir.tools.settings.ToolSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Adds the sums of removed sessions and events to {@code gold.erased}, once for each commit that
 * removed some.
 *
 * <p>The sums wait in {@code gold.erasures} while silver commits; the summary of that commit has
 * the id of the erasure. If a run ends in between, the next one looks for the id in silver's
 * snapshots, and counts the sums or drops them.
 */
final class ErasedSums implements AutoCloseable {
  /** Adding the sums of many sessions takes longer than other statements. */
  private static final int ANSWER_TIMEOUT_MS = 600_000;

  /** An earlier version has no sums, or those of sessions only. */
  private static final String IS_OF_THIS_VERSION =
      """
      SELECT count(*) = 2 FROM information_schema.columns
      WHERE (table_schema, table_name, column_name)
        IN (('gold', 'erased', 'visitors'), ('gold', 'kept', 'sessions_from'))
      """;

  static final String ERASURE_ID = "weir.erasure-id";

  private final Connection connection;
  private final Catalog catalog;
  private final ErasureSubject target;
  private final ZoneId zone;
  private final Duration orderMemory;
  private final boolean isWritten;
  private final Map<TableSpec, Integer> removed = new HashMap<>();
  private int uncertain;

  private record Erasure(UUID id, String cells, int rows) {}

  private record Waiting(UUID id, long base, String cells) {}

  private ErasedSums(
      Connection connection, Catalog catalog, ErasureSubject target, ToolSettings settings)
      throws SQLException {
    this.connection = connection;
    this.catalog = catalog;
    this.target = target;
    this.orderMemory = settings.orderMemory();
    this.isWritten = "t".equals(text(IS_OF_THIS_VERSION));
    String ofGold =
        isWritten ? text("SELECT max(value) FROM gold.cells WHERE subject = 'progress'") : null;
    this.zone = ofGold == null ? settings.siteZone() : ZoneId.of(ofGold);
  }

  /** Connects; the days are those of gold, or of the settings' zone if gold has none yet. */
  static ErasedSums connect(ToolSettings settings, Catalog catalog, ErasureSubject target)
      throws SQLException {
    Connection connection = settings.postgres().connect();
    connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
    return new ErasedSums(connection, catalog, target, settings);
  }

  private @Nullable String text(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Follows the removal from a table, if its rows are in sums of gold. */
  Removal removalFrom(TableSpec spec) {
    return isWritten && (spec.equals(LakeTables.SESSIONS) || spec.equals(LakeTables.EVENTS))
        ? new Summed(spec)
        : Removal.UNSEEN;
  }

  private final class Summed implements Removal {
    private final TableSpec spec;
    private @Nullable Erasure open;

    private Summed(TableSpec spec) {
      this.spec = spec;
    }

    @Override
    public Optional<String> keyOf(Record row) {
      return Optional.of(PersonSums.keyOf(row));
    }

    @Override
    public Map<String, String> begin(Snapshot start, Set<String> rows) throws SQLException {
      if (rows.isEmpty()) {
        return Map.of();
      }
      String cells =
          new PersonSums(catalog, zone, orderMemory, quartersFrom(), target.needles()::areIn)
              .of(spec, start, rows);
      var erasure = new Erasure(UUID.randomUUID(), cells, rows.size());
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

    @Override
    public void end() throws SQLException {
      if (open != null) {
        Erasure done = requireNonNull(open);
        count(done.id, done.cells);
        removed.merge(spec, done.rows, Integer::sum);
        open = null;
      }
    }
  }

  private Instant quartersFrom() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT quarters_from FROM gold.kept");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.MIN;
    }
  }

  /** Counts or drops the sums of runs that ended midway. */
  void settle() throws SQLException {
    if (!isWritten) {
      return;
    }
    List<Table> tables =
        Stream.of(LakeTables.SESSIONS, LakeTables.EVENTS)
            .map(spec -> catalog.loadTable(spec.identifier()))
            .toList();
    var erasures = new HashSet<String>();
    for (Table table : tables) {
      table.snapshots().forEach(each -> erasures.add(each.summary().getOrDefault(ERASURE_ID, "")));
    }
    for (Waiting each : waiting()) {
      if (erasures.contains(each.id.toString())) {
        count(each.id, each.cells);
      } else {
        boolean isKnown = tables.stream().anyMatch(table -> table.snapshot(each.base) != null);
        uncertain += isKnown ? 0 : 1;
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
            ? "gold.erased: the sums of "
                + removed.getOrDefault(LakeTables.SESSIONS, 0)
                + " sessions and "
                + removed.getOrDefault(LakeTables.EVENTS, 0)
                + " events added, as numbers of nobody"
            : "gold.erased: NOT WRITTEN, PostgreSQL has no table of this version yet; start lake-sink of this"
                + " version once. reconcile will tell differences for the days of the person");
    if (uncertain > 0) {
      lines.add(
          "gold.erased: "
              + uncertain
              + " earlier runs ended midway, and silver's history no longer says whether they"
              + " removed anything; reconcile may tell differences");
    }
    return lines;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
