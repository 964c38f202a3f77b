package io.weir.sink.write;

import io.weir.sink.commit.Changes;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Every record is one more row. */
public final class AppendWriter implements RowWriter {
  private static final int ROWS_BETWEEN_LOOKS = 1024;

  private final RowMapper mapper;
  private final Table table;
  private final Schema schema;
  private final Supplier<UUID> ids;
  private final long memoryBytes;
  private final int dayColumn;
  private @Nullable DayFiles files;
  private int rows;

  public AppendWriter(Table table, RowMapper mapper, Supplier<UUID> ids, long memoryBytes) {
    this.table = table;
    this.schema = table.schema();
    this.mapper = mapper;
    this.ids = ids;
    this.memoryBytes = memoryBytes;
    this.dayColumn = DayColumn.of(table);
  }

  @Override
  public void write(ConsumerRecord<byte[], byte[]> record) {
    Row row = mapper.map(record);
    DayFiles current = files;
    if (current == null) {
      current = new DayFiles(table, schema, ids, memoryBytes);
      files = current;
    }
    current.write(DayFiles.day(DayColumn.micros(row, dayColumn)), row);
    if (++rows % ROWS_BETWEEN_LOOKS == 0) {
      current.bound();
    }
  }

  @Override
  public long bytes() {
    return files == null ? 0 : files.bytes();
  }

  @Override
  public Changes close() {
    if (files == null) {
      return Changes.NONE;
    }
    files.close();
    return new Changes(files.rows(), files.deletes());
  }

  @Override
  public void committed() {
    files = null;
  }

  @Override
  public void discard() {
    if (files != null) {
      files.discard();
    }
    files = null;
  }

  @Override
  public void abandon() {
    files = null;
  }

  @Override
  public void reassigned() {
    // Remembers nothing.
  }
}
