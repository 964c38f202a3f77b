package io.weir.sink.maintenance;

import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.rewrite.Snapshots;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Maintains tables one at a time, while writers and other instances of maintenance run. Every
 * commit is optimistic, copies the newest offsets, and may be repeated later if it fails.
 */
public final class Maintenance {
  private static final List<TableSpec> RETRACTIONS =
      List.of(
          LakeTables.RETRACTED_SESSIONS,
          LakeTables.RETRACTED_SCORES,
          LakeTables.RETRACTED_RETURN_SCORES);

  private final Catalog catalog;
  private final MaintenanceRules rules;
  private final Clock clock;
  private final boolean isDryRun;

  private Maintenance(Catalog catalog, MaintenanceRules rules, Clock clock, boolean isDryRun) {
    this.catalog = catalog;
    this.rules = rules;
    this.clock = clock;
    this.isDryRun = isDryRun;
  }

  public static Maintenance of(Catalog catalog, MaintenanceRules rules, Clock clock) {
    return new Maintenance(catalog, rules, clock, false);
  }

  /** A maintenance that changes nothing and reports what it would do. */
  public Maintenance dryRun() {
    return new Maintenance(catalog, rules, clock, true);
  }

  public MaintenanceReport run(TableSpec spec) {
    Table table = catalog.loadTable(spec.identifier());
    Instant now = clock.instant();
    int old = dropOld(spec, table, now);
    MaintenanceReport.Packed packed = pack(table);
    var snapshots = new Snapshots(table, isDryRun);
    int manifests = snapshots.rewriteManifests();
    int expired = snapshots.expire(now.minus(rules.snapshotAge()).toEpochMilli());
    int orphans = new Orphans(table).remove(now.minus(rules.orphanAge()).toEpochMilli(), isDryRun);
    return new MaintenanceReport(spec.fullName(), packed, manifests, expired, old, orphans);
  }

  private MaintenanceReport.Packed pack(Table table) {
    table.refresh();
    Snapshot start = table.currentSnapshot();
    if (start == null) {
      return new MaintenanceReport.Packed(0, 0, 0);
    }
    var compaction = new Compaction(table, rules.fileBytes(), start);
    return isDryRun ? compaction.estimate() : compaction.run();
  }

  private Duration kept(TableSpec spec) {
    if (RETRACTIONS.contains(spec)) {
      return rules.kept().retractions();
    }
    return spec.namespace().equals(LakeTables.RAW_EVENTS.namespace())
        ? rules.kept().bronze()
        : rules.kept().silver();
  }

  /** Drops old rows by whole days, so only whole files are dropped. */
  private int dropOld(TableSpec spec, Table table, Instant now) {
    Duration kept = kept(spec);
    if (kept.isZero()) {
      return 0;
    }
    Instant day = now.minus(kept).truncatedTo(ChronoUnit.DAYS);
    Expression isOld =
        Expressions.lessThan(spec.dayOf(), ChronoUnit.MICROS.between(Instant.EPOCH, day));
    int files = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(isOld).planFiles()) {
      for (FileScanTask _ : tasks) {
        files++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files > 0 && !isDryRun) {
      KeptFrom.raise(table, day);
      CommittedOffsets.carryOn(table, () -> table.newDelete().deleteFromRowFilter(isOld));
    }
    return files;
  }
}
