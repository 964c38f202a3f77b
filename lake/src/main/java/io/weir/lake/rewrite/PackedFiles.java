package io.weir.lake.rewrite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** Writes rows to data files of one partition, and starts a new file at a given size. */
public final class PackedFiles implements AutoCloseable {
  private static final int ROWS_BETWEEN_LOOKS = 1024;

  private final Table table;
  private final OutputFileFactory factory;
  private final StructLike partition;
  private final long bytes;
  private final List<DataFile> closed = new ArrayList<>();
  private @Nullable DataWriter<Record> open;
  private long rows;

  public PackedFiles(Table table, OutputFileFactory factory, StructLike partition, long bytes) {
    this.table = table;
    this.factory = factory;
    this.partition = partition;
    this.bytes = bytes;
  }

  public void write(Record row) throws IOException {
    DataWriter<Record> writer = open;
    if (writer == null) {
      writer =
          Parquet.writeData(factory.newOutputFile(table.spec(), partition))
              .forTable(table)
              .withPartition(partition)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      open = writer;
    }
    writer.write(row);
    if (++rows % ROWS_BETWEEN_LOOKS == 0 && writer.length() >= bytes) {
      close();
    }
  }

  public List<DataFile> closed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      DataWriter<Record> writer = open;
      open = null;
      writer.close();
      closed.add(writer.toDataFile());
    }
  }
}
