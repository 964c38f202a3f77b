package io.weir.sink.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and deletes files in a table's folder that no snapshot knows. The folder is listed before
 * the table is read, so files committed in between are known. Young files stay, because a writer
 * may still commit them.
 */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final Table table;

  Orphans(Table table) {
    this.table = table;
  }

  int remove(long beforeMillis, boolean isDryRun) {
    List<String> orphans = find(beforeMillis);
    int removed = 0;
    for (String orphan : isDryRun ? List.<String>of() : orphans) {
      try {
        table.io().deleteFile(orphan);
        removed++;
      } catch (RuntimeException e) {
        LOG.warn("Orphan {} stays: {}", orphan, e.toString());
      }
    }
    return isDryRun ? orphans.size() : removed;
  }

  List<String> find(long beforeMillis) {
    if (!(table.io() instanceof SupportsPrefixOperations files)) {
      throw new IllegalStateException("the file system of " + table.location() + " lists nothing");
    }
    var old = new ArrayList<String>();
    var all = new HashSet<String>();
    for (FileInfo file : files.listPrefix(table.location())) {
      all.add(path(file.location()));
      if (file.createdAtMillis() < beforeMillis) {
        old.add(file.location());
      }
    }
    table.refresh();
    Set<String> known = known();
    if (!all.isEmpty() && known.stream().noneMatch(all::contains)) {
      throw new IllegalStateException(
          "none of the files of " + table.name() + " is found in " + table.location());
    }
    old.removeIf(file -> known.contains(path(file)));
    return old;
  }

  /** The paths of all files of all snapshots, and of their metadata files. */
  private Set<String> known() {
    var known = new HashSet<String>();
    known.add(path(((BaseTable) table).operations().current().metadataFileLocation()));
    ReachableFileUtil.metadataFileLocations(table, false).forEach(file -> known.add(path(file)));
    ReachableFileUtil.manifestListLocations(table).forEach(file -> known.add(path(file)));
    ReachableFileUtil.statisticsFilesLocations(table).forEach(file -> known.add(path(file)));
    known.add(path(ReachableFileUtil.versionHintLocation(table)));
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (known.add(path(manifest.path()))) {
          addFiles(manifest, known);
        }
      }
    }
    return known;
  }

  private void addFiles(ManifestFile manifest, Set<String> known) {
    try (ManifestReader<? extends ContentFile<?>> files =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> file : files) {
        known.add(path(file.location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The path without scheme and host, because a catalog and a listing may write these differently.
   */
  private static String path(String location) {
    return new Path(location).toUri().getPath();
  }
}
