package io.weir.sink.maintenance;

import io.weir.lake.rewrite.DeleteFiles;
import io.weir.lake.rewrite.LiveRows;
import io.weir.lake.rewrite.PackedFiles;
import io.weir.lake.rewrite.Rewrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Packs small files of a day into large ones, without the rows that delete files remove. Each group
 * of files is one commit. Rows that writers delete meanwhile stay deleted, because the new files
 * have the sequence number of the snapshot that was read.
 */
final class Compaction {
  private static final int LEAST_FILES = 5;
  private static final long GROUP_BYTES = 2L << 30;

  private final Table table;
  private final long fileBytes;
  private final Snapshot start;
  private final DeleteFiles deletes;

  Compaction(Table table, long fileBytes, Snapshot start) {
    this.table = table;
    this.fileBytes = fileBytes;
    this.start = start;
    this.deletes = DeleteFiles.of(table, start);
  }

  /** Counts the files that {@code run} would read and write. */
  MaintenanceReport.Packed estimate() {
    var sum = new MaintenanceReport.Packed(0, 0, 0);
    for (RewriteFileGroup group : plan()) {
      int gone = deletes.without(locations(group)).size();
      sum =
          sum.plus(
              new MaintenanceReport.Packed(
                  group.inputFileNum(), group.expectedOutputFiles(), gone));
    }
    return sum.plus(new MaintenanceReport.Packed(0, 0, deletes.without(List.of()).size()));
  }

  MaintenanceReport.Packed run() {
    var sum = new MaintenanceReport.Packed(0, 0, 0);
    for (RewriteFileGroup group : plan()) {
      List<DataFile> written = rewrite(group);
      List<DeleteFile> merged = deletes.without(locations(group));
      commit(List.copyOf(group.rewrittenFiles()), written, merged);
      sum =
          sum.plus(
              new MaintenanceReport.Packed(group.inputFileNum(), written.size(), merged.size()));
    }
    List<DeleteFile> idle = deletes.without(List.of());
    if (!idle.isEmpty()) {
      commit(List.of(), List.of(), idle);
    }
    return sum.plus(new MaintenanceReport.Packed(0, 0, idle.size()));
  }

  private List<RewriteFileGroup> plan() {
    var planner =
        new BinPackRewriteFilePlanner(table, Expressions.alwaysTrue(), start.snapshotId(), true);
    planner.init(
        Map.of(
            BinPackRewriteFilePlanner.TARGET_FILE_SIZE_BYTES, Long.toString(fileBytes),
            BinPackRewriteFilePlanner.MIN_INPUT_FILES, Integer.toString(LEAST_FILES),
            BinPackRewriteFilePlanner.MAX_FILE_GROUP_SIZE_BYTES, Long.toString(GROUP_BYTES),
            BinPackRewriteFilePlanner.DELETE_FILE_THRESHOLD, "1"));
    var groups = new ArrayList<RewriteFileGroup>();
    try (CloseableIterable<RewriteFileGroup> planned = planner.plan().groups()) {
      planned.forEach(groups::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups;
  }

  /** Writes the rows in the order in which they arrived. */
  private List<DataFile> rewrite(RewriteFileGroup group) {
    var tasks = new ArrayList<>(group.fileScanTasks());
    tasks.sort(Comparator.comparing(task -> task.file().fileSequenceNumber()));
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId("packed-" + UUID.randomUUID())
            .build();
    var files = new PackedFiles(table, factory, tasks.getFirst().file().partition(), fileBytes);
    try (files) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<Record> rows = LiveRows.of(table, task)) {
          for (Record row : rows) {
            files.write(row);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.closed();
  }

  private void commit(List<DataFile> read, List<DataFile> written, List<DeleteFile> merged) {
    new Rewrite(read, written, merged).commit(table, start);
  }

  private static List<String> locations(RewriteFileGroup group) {
    return group.rewrittenFiles().stream().map(DataFile::location).toList();
  }
}
