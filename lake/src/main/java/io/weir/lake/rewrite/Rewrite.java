package io.weir.lake.rewrite;

import io.weir.lake.commit.CommittedOffsets;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Data files that were read, those written instead, and the delete files that are in them now. */
public record Rewrite(List<DataFile> read, List<DataFile> written, List<DeleteFile> merged) {
  public Rewrite {
    read = List.copyOf(read);
    written = List.copyOf(written);
    merged = List.copyOf(merged);
  }

  /**
   * One commit. What writers have deleted since {@code start}, which was read, is deleted in the
   * new files as well. Files of a commit that failed are left to the removal of orphans.
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
