package io.weir.lake.rewrite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The delete files of a snapshot, and the data files that each one applies to. */
public final class DeleteFiles {
  private final Map<String, DeleteFile> files = new HashMap<>();
  private final Map<String, Set<String>> targets = new HashMap<>();

  public static DeleteFiles of(Table table, Snapshot snapshot) {
    var deletes = new DeleteFiles();
    try {
      for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
        try (CloseableIterable<DeleteFile> live =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          live.forEach(file -> deletes.add(file.copy()));
        }
      }
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
        tasks.forEach(deletes::addTargets);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deletes;
  }

  private void add(DeleteFile file) {
    files.put(file.location(), file);
    targets.put(file.location(), new HashSet<>());
  }

  private void addTargets(FileScanTask task) {
    for (DeleteFile delete : task.deletes()) {
      targets.computeIfAbsent(delete.location(), _ -> new HashSet<>()).add(task.file().location());
    }
  }

  /**
   * Removes and returns the delete files that apply to no data file other than the rewritten ones.
   */
  public List<DeleteFile> without(Collection<String> rewritten) {
    var done = new ArrayList<DeleteFile>();
    targets.forEach((delete, affected) -> {
      affected.removeAll(rewritten);
      DeleteFile file = files.get(delete);
      if (affected.isEmpty() && file != null) {
        done.add(file);
      }
    });
    done.forEach(file -> targets.remove(file.location()));
    return done;
  }
}
