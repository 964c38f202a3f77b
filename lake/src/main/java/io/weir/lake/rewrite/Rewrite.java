package io.weir.lake.rewrite;

import io.weir.lake.commit.CommittedOffsets;
import java.util.List;
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
    CommittedOffsets.carryOn(table, () -> prepare(table, start));
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
