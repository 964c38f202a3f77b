package io.weir.lake.rewrite;

import io.weir.lake.commit.CommittedOffsets;
import java.util.List;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Keeps the history of a table short: expires old snapshots and joins small manifests. */
public final class Snapshots {
  private static final int SMALL_MANIFESTS = 20;
  private static final long MANIFEST_BYTES = 4L << 20;

  private final Table table;
  private final boolean isDryRun;

  public Snapshots(Table table, boolean isDryRun) {
    this.table = table;
    this.isDryRun = isDryRun;
  }

  /**
   * Expires every snapshot except the current one and those since the newest marker. Queries that
   * read an expired snapshot fail.
   */
  public static int expireAll(Table table) {
    return new Snapshots(table, false).expire(Long.MAX_VALUE);
  }

  /**
   * Expires snapshots older than the given time and returns their number. The snapshot with the
   * newest marker is kept at any age, because it may precede commits of other engines.
   */
  public int expire(long beforeMillis) {
    table.refresh();
    long marker =
        CommittedOffsets.newestSnapshot(table)
            .map(Snapshot::timestampMillis)
            .orElse(Long.MAX_VALUE);
    ExpireSnapshots expiry =
        table.expireSnapshots().expireOlderThan(Math.min(beforeMillis, marker)).retainLast(1);
    List<Snapshot> expired = expiry.apply();
    if (!isDryRun && !expired.isEmpty()) {
      expiry.commit();
    }
    return expired.size();
  }

  public int rewriteManifests() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return 0;
    }
    List<ManifestFile> small =
        current.dataManifests(table.io()).stream().filter(Snapshots::isSmall).toList();
    if (small.size() < SMALL_MANIFESTS) {
      return 0;
    }
    if (!isDryRun) {
      CommittedOffsets.carryOn(
          table,
          () -> {
            RewriteManifests rewrite = table.rewriteManifests();
            return rewrite.clusterBy(_ -> "one after the other").rewriteIf(Snapshots::isSmall);
          });
    }
    return small.size();
  }

  private static boolean isSmall(ManifestFile manifest) {
    return manifest.content() == ManifestContent.DATA && manifest.length() < MANIFEST_BYTES;
  }
}
