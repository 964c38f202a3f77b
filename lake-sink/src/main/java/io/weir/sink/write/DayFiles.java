package io.weir.sink.write;

import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_CHECK_MAX_RECORD_COUNT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT;

import io.weir.lake.table.TableProvisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetAvroWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Parquet files of one commit, at most one open file per day. When the tables hold too much
 * memory, the largest files are closed, and their days continue in new files.
 */
final class DayFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DayFiles.class);
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * The memory that files may take between two looks at the budget. Small rows of many days open
   * many files. Not less: each look at a full budget closes files, and their days begin small ones.
   */
  private static final long UNSEEN_BYTES = 32 << 20;

  /**
   * The number of rows after which the size of a row group is measured again. Parquet's default is
   * 100 rows, then an estimate up to 10,000.
   */
  private static final String RECORDS_BETWEEN_LOOKS = "10";

  private final Table table;
  private final Schema schema;
  private final PartitionSpec spec;
  private final OutputFileFactory factory;
  private final WriteBudget.Share share;
  private final long openFileBytes;
  private final Map<Integer, DataWriter<TableRow>> open = new HashMap<>();
  private final List<DataFile> closed = new ArrayList<>();
  private final List<DeleteFile> deletes = new ArrayList<>();
  private final List<String> started = new ArrayList<>();
  private long closedBytes;
  private long unseen;

  /**
   * Creates the files. {@code schema} is the schema of the rows, which the table may have left
   * behind.
   */
  DayFiles(Table table, Schema schema, Supplier<UUID> ids, WriteBudget.Share share) {
    this.table = table;
    this.schema = schema;
    this.spec = table.spec();
    this.share = share;
    this.openFileBytes = OpenFile.bytes(table);
    this.factory =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(ids.get().toString())
            .build();
  }

  static int day(long micros) {
    return (int) Math.floorDiv(micros, MICROS_PER_DAY);
  }

  void write(int day, TableRow row) {
    DataWriter<TableRow> writer = open.get(day);
    if (writer == null) {
      if (unseen + openFileBytes > UNSEEN_BYTES) {
        bound();
      }
      unseen += openFileBytes;
      writer = start(day);
      open.put(day, writer);
    }
    writer.write(row);
  }

  /** Closes the largest files while the tables hold too much memory. Called every few rows. */
  void bound() {
    unseen = 0;
    share.hold(buffered());
    while (share.isTooMuch()) {
      Map.Entry<Integer, DataWriter<TableRow>> largest =
          Collections.max(
              open.entrySet(), Comparator.comparingLong(entry -> entry.getValue().length()));
      open.remove(largest.getKey());
      close(largest.getValue());
      share.hold(buffered());
    }
  }

  private long buffered() {
    long buffered = 0;
    for (DataWriter<TableRow> writer : open.values()) {
      buffered += openFileBytes + Math.min(writer.length(), TableProvisioner.ROW_GROUP_BYTES);
    }
    return buffered;
  }

  long bytes() {
    long bytes = closedBytes;
    for (DataWriter<TableRow> writer : open.values()) {
      bytes += writer.length();
    }
    return bytes;
  }

  /** Writes a delete file: the older rows of its keys in the day are deleted. */
  void delete(int day, Schema key, Iterable<TableRow> rows) {
    EncryptedOutputFile file = factory.newOutputFile(spec, partition(day));
    started.add(file.encryptingOutputFile().location());
    try {
      EqualityDeleteWriter<TableRow> writer =
          Parquet.writeDeletes(file)
              .forTable(table)
              .withPartition(partition(day))
              .rowSchema(key)
              .equalityFieldIds(key.columns().getFirst().fieldId())
              .createWriterFunc(ParquetAvroWriter::buildWriter)
              .buildEqualityWriter();
      try (writer) {
        rows.forEach(writer::write);
      }
      deletes.add(writer.toDeleteFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    for (DataWriter<TableRow> writer : open.values()) {
      close(writer);
    }
    open.clear();
    share.hold(0);
  }

  List<DataFile> rows() {
    return closed;
  }

  List<DeleteFile> deletes() {
    return deletes;
  }

  /** Closes and deletes every file. A file that cannot be deleted is logged. */
  void discard() {
    for (DataWriter<TableRow> writer : open.values()) {
      try {
        writer.close();
      } catch (IOException | RuntimeException e) {
        LOG.debug("A discarded file could not be closed", e);
      }
    }
    open.clear();
    share.hold(0);
    for (String file : started) {
      try {
        table.io().deleteFile(file);
      } catch (RuntimeException e) {
        LOG.warn("{} could not be deleted and is in no table: {}", file, e.toString());
      }
    }
  }

  private DataWriter<TableRow> start(int day) {
    EncryptedOutputFile file = factory.newOutputFile(spec, partition(day));
    started.add(file.encryptingOutputFile().location());
    try {
      return Parquet.writeData(file)
          .forTable(table)
          .set(PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, "1")
          .set(PARQUET_ROW_GROUP_CHECK_MAX_RECORD_COUNT, RECORDS_BETWEEN_LOOKS)
          .schema(schema)
          .withPartition(partition(day))
          .createWriterFunc(ParquetAvroWriter::buildWriter)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close(DataWriter<TableRow> writer) {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DataFile file = writer.toDataFile();
    closed.add(file);
    closedBytes += file.fileSizeInBytes();
  }

  private StructLike partition(int day) {
    var partition = new PartitionData(spec.partitionType());
    partition.set(0, day);
    return partition;
  }
}
