package io.weir.training.session;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Reads sessions from {@code silver.sessions}, from one snapshot of it. */
public final class LakeSessions {
  private static final String NAME = LakeTables.SESSIONS.fullName();
  private static final String START = "start_time";

  private LakeSessions() {}

  /**
   * The range to read.
   *
   * @param from sessions that began at this time or later
   * @param to sessions that began before
   * @param snapshot an earlier snapshot; empty: the newest one
   */
  public record Range(Optional<Instant> from, Optional<Instant> to, Optional<Long> snapshot) {
    /** All rows of the newest snapshot. */
    public static final Range ALL = new Range(Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static SessionSet read(LakeLocation lake, Range range, CutPlan plan) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return read(catalog, range, plan);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static SessionSet read(Catalog catalog, Range range, CutPlan plan) {
    boolean isCut = plan.perSession() > 0;
    if (isCut && plan.eventsSnapshot().isEmpty() && !hasEvents(catalog)) {
      throw new StartupException(
          LakeTables.EVENTS.fullName()
              + " is empty: nothing of the stream has reached it yet; or train with --cuts 0");
    }
    SessionSet set = read(table(catalog, LakeTables.SESSIONS), range, plan);
    if (isCut) {
      cut(set, table(catalog, LakeTables.EVENTS));
    }
    return set;
  }

  /** Whether there is an event to cut sessions by: lake-sink may write other tables only. */
  public static boolean hasEvents(LakeLocation lake) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return hasEvents(catalog);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static boolean hasEvents(Catalog catalog) {
    try {
      return catalog.loadTable(LakeTables.EVENTS.identifier()).currentSnapshot() != null;
    } catch (NoSuchTableException e) {
      return false;
    }
  }

  private static Table table(Catalog catalog, TableSpec spec) {
    try {
      return catalog.loadTable(spec.identifier());
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no table " + spec.fullName() + " yet: start lake-sink", e);
    }
  }

  static SessionSet read(Table table, Range range) {
    return read(table, range, CutPlan.NONE);
  }

  /** Gives the sessions their events. */
  static void cut(SessionSet set, Table events) {
    set.cutBy(LakeCutEvents.read(events, set.cuts()));
  }

  static SessionSet read(Table table, Range range, CutPlan plan) {
    Snapshot snapshot = LakeScan.snapshot(table, NAME, range);
    var set = new SessionSet(NAME, snapshot.snapshotId(), range, plan);
    TableRows.read(
        LakeScan.scan(table, snapshot, START, range, LakeSessionRow.COLUMNS),
        row -> set.add(LakeSessionRow.session(row)));
    return set;
  }
}
