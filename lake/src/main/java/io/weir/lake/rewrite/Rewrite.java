package io.weir.lake.rewrite;

import io.weir.lake.commit.CommittedOffsets;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * The data files that were read, the files that replace them, and the delete files that were
 * applied.
 */
public record Rewrite(List<DataFile> read, List<DataFile> written, List<DeleteFile> merged) {
  public Rewrite {
    read = List.copyOf(read);
    written = List.copyOf(written);
    merged = List.copyOf(merged);
  }

  /**
   * Replaces the files in one commit. Rows that writers deleted after snapshot {@code start}, which
   * was read, are deleted in the new files too. If the commit fails, its files are removed later as
   * orphans.
   */
  public void commit(Table table, Snapshot start) {
    commit(table, start, Map.of());
  }

  /** Commits as {@link #commit(Table, Snapshot)}, with a summary that says more. */
  public void commit(Table table, Snapshot start, Map<String, String> summary) {
    CommittedOffsets.carryOn(
        table,
        () -> {
          RewriteFiles rewrite = prepare(table, start);
          summary.forEach(rewrite::set);
          return rewrite;
        });
  }

  private RewriteFiles prepare(Table table, Snapshot start) {
    RewriteFiles rewrite =
        table
            .newRewrite()
            .validateFromSnapshot(start.snapshotId())
            .dataSequenceNumber(start.sequenceNumber());
    read.forEach(rewrite::deleteFile);
    written.forEach(rewrite::addFile);
    merged.forEach(rewrite::deleteFile);
    return rewrite;
  }
}
