package io.weir.tools.erase;

import io.weir.lake.table.TableSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Searches everything that is left of a table for a person. It reads the rows of every file of
 * every snapshot, deleted rows too, the bounds in the manifests, and the rows of Parquet files that
 * no snapshot knows. It also searches the plain bytes of every file in the table's folder.
 */
final class FileCheck {
  private static final int CHUNK = 1 << 20;
  private static final String PARQUET = ".parquet";

  /** The last bytes of a complete Parquet file. */
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private final Table table;
  private final TableSpec spec;
  private final ErasureSubject target;
  private final Set<String> decoded = new HashSet<>();
  private final Set<String> findings = new TreeSet<>();
  private long bytes;
  private int files;
  private int unfinished;

  /**
   * The counts of decoded files, and of files and bytes that were searched undecoded; the
   * unfinished Parquet files, whose rows cannot be read; and the places where something was found.
   */
  record Result(
      String table, int decoded, int files, long bytes, int unfinished, List<String> findings) {}

  FileCheck(Table table, TableSpec spec, ErasureSubject target) {
    this.table = table;
    this.spec = spec;
    this.target = target;
  }

  Result run() {
    table.refresh();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (decoded.add(manifest.path())) {
          check(manifest);
        }
      }
    }
    checkFolder();
    return new Result(
        spec.fullName(), decoded.size(), files, bytes, unfinished, new ArrayList<>(findings));
  }

  private void check(ManifestFile manifest) {
    try (ManifestReader<? extends ContentFile<?>> entries =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> file : entries) {
        if (isIn(file.lowerBounds()) || isIn(file.upperBounds())) {
          findings.add(manifest.path() + ": bounds of " + file.location());
        }
        if (decoded.add(file.location())) {
          checkRows(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isIn(@Nullable Map<Integer, ByteBuffer> bounds) {
    return bounds != null && target.needles().areIn(bounds.values());
  }

  private void checkRows(ContentFile<?> file) throws IOException {
    List<Integer> keys = file.equalityFieldIds();
    checkRows(
        file.location(),
        keys == null ? table.schema() : TypeUtil.select(table.schema(), new HashSet<>(keys)));
  }

  private void checkRows(String location, Schema schema) throws IOException {
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(location))
            .project(schema)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
            .build()) {
      for (Record row : rows) {
        if (target.isIn(row)) {
          findings.add(location + ": a row");
          return;
        }
      }
    }
  }

  private void checkFolder() {
    if (!(table.io() instanceof SupportsPrefixOperations folder)) {
      throw new IllegalStateException("the file system of " + table.location() + " lists nothing");
    }
    List<String> wanted = target.needles().longOnes();
    for (FileInfo file : folder.listPrefix(table.location())) {
      files++;
      bytes += file.size();
      if (!wanted.isEmpty() && holds(file.location(), wanted)) {
        findings.add(file.location() + ": its bytes");
      }
      if (file.location().endsWith(PARQUET) && decoded.add(file.location())) {
        checkOrphan(file);
      }
    }
  }

  /**
   * Checks the rows of a file that no snapshot knows. The bytes are compressed, so the rows are
   * read if the file is complete.
   */
  private void checkOrphan(FileInfo file) {
    try {
      if (isFinished(file)) {
        checkRows(file.location(), ofAnyColumns());
      } else {
        unfinished++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isFinished(FileInfo file) throws IOException {
    if (file.size() < MAGIC.length) {
      return false;
    }
    try (SeekableInputStream in = table.io().newInputFile(file.location()).newStream()) {
      in.seek(file.size() - MAGIC.length);
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  /** The table's schema with optional columns, because a delete file has only the key. */
  private Schema ofAnyColumns() {
    return new Schema(table.schema().columns().stream().map(NestedField::asOptional).toList());
  }

  /** Searches a file in parts that overlap by the length of the longest id. */
  private boolean holds(String location, List<String> wanted) {
    int overlap = wanted.stream().mapToInt(String::length).max().orElse(0);
    var buffer = new byte[CHUNK + overlap];
    int kept = 0;
    try (InputStream in = table.io().newInputFile(location).newStream()) {
      for (int read = in.readNBytes(buffer, 0, CHUNK);
          read > 0;
          read = in.readNBytes(buffer, kept, CHUNK)) {
        int size = kept + read;
        String text = new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
        if (wanted.stream().anyMatch(text::contains)) {
          return true;
        }
        kept = Math.min(overlap, size);
        System.arraycopy(buffer, size - kept, buffer, 0, kept);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
