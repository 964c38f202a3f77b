package io.weir.tools.erase;

import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.rewrite.DeleteFiles;
import io.weir.lake.rewrite.LiveRows;
import io.weir.lake.rewrite.PackedFiles;
import io.weir.lake.rewrite.Rewrite;
import io.weir.lake.rewrite.Snapshots;
import io.weir.lake.table.ErasedRow;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Erases a person's rows from one table. Files with such rows are rewritten without them. Files
 * with row-level deletes are rewritten too, because deleted rows are still in the file. Then the
 * manifests are rewritten, because they keep the bounds of removed files, and old snapshots expire.
 * Every commit copies the newest offsets.
 */
final class TableErasure {
  private static final int PASSES = 5;
  private static final long ONE_FILE = Long.MAX_VALUE;

  private final Table table;
  private final TableSpec spec;
  private final ErasureSubject target;
  private final Instant now;
  private final Removal removal;

  /** What was done, or would be done in a dry run. */
  record Result(String table, int searched, int rewritten, long rows, int snapshots) {
    Result plus(int searchedNow, int rewrittenNow, long rowsNow) {
      return new Result(table, searchedNow, rewritten + rewrittenNow, rows + rowsNow, snapshots);
    }
  }

  TableErasure(Table table, TableSpec spec, ErasureSubject target, Instant now, Removal removal) {
    this.table = table;
    this.spec = spec;
    this.target = target;
    this.now = now;
    this.removal = removal;
  }

  Result dryRun() {
    var result = new Result(spec.fullName(), 0, 0, 0, 0);
    table.refresh();
    Snapshot start = table.currentSnapshot();
    if (start == null) {
      return result;
    }
    for (FileScanTask task : tasks(start)) {
      long rows = count(task, new HashSet<>());
      result = result.plus(result.searched + 1, rows > 0 ? 1 : 0, rows);
    }
    return result;
  }

  Result run() throws SQLException {
    var result = new Result(spec.fullName(), 0, 0, 0, 0);
    for (int pass = 0; pass < PASSES; pass++) {
      table.refresh();
      Snapshot start = table.currentSnapshot();
      if (start == null) {
        return result;
      }
      int before = result.rewritten;
      result = pass(start, result);
      if (result.rewritten == before) {
        break;
      }
    }
    forgetBounds();
    int expired = Snapshots.expireAll(table);
    return new Result(result.table, result.searched, result.rewritten, result.rows, expired);
  }

  private Result pass(Snapshot start, Result before) throws SQLException {
    List<FileScanTask> tasks = tasks(start);
    var read = new ArrayList<DataFile>();
    var written = new ArrayList<DataFile>();
    var keys = new HashSet<String>();
    long rows = 0;
    for (FileScanTask task : tasks) {
      long held = count(task, keys);
      if (held > 0 || !task.deletes().isEmpty()) {
        rows += held;
        read.add(task.file());
        written.addAll(rewrite(task));
      }
    }
    if (!read.isEmpty()) {
      DeleteFiles deletes = DeleteFiles.of(table, start);
      List<DeleteFile> merged = deletes.without(read.stream().map(DataFile::location).toList());
      Map<String, String> summary = removal.begin(start, keys);
      new Rewrite(read, written, merged).commit(table, start, summary);
      removal.end();
    }
    return before.plus(tasks.size(), read.size(), rows);
  }

  private List<FileScanTask> tasks(Snapshot snapshot) {
    var list = new ArrayList<FileScanTask>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      tasks.forEach(list::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return list;
  }

  /** Counts the rows of the target, and collects their keys. */
  private long count(FileScanTask task, Set<String> keys) {
    long held = 0;
    try (CloseableIterable<Record> rows = LiveRows.of(table, task)) {
      for (Record row : rows) {
        if (target.isIn(row)) {
          held++;
          removal.keyOf(row).ifPresent(keys::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return held;
  }

  private List<DataFile> rewrite(FileScanTask task) {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId("erased-" + UUID.randomUUID())
            .build();
    var files = new PackedFiles(table, factory, task.file().partition(), ONE_FILE);
    try (files;
        CloseableIterable<Record> rows = LiveRows.of(table, task)) {
      for (Record row : rows) {
        if (!target.isIn(row)) {
          files.write(row);
        } else if (spec.equals(LakeTables.RAW_EVENTS)) {
          files.write(ErasedRow.of(row, now));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.closed();
  }

  /**
   * Rewrites manifests, because a manifest keeps the entries of removed files and is dropped only
   * one commit later.
   */
  private void forgetBounds() {
    CommittedOffsets.carryOn(
        table, () -> table.rewriteManifests().clusterBy(_ -> "all").rewriteIf(_ -> true));
    CommittedOffsets.carryOn(table, table::newAppend);
  }
}
