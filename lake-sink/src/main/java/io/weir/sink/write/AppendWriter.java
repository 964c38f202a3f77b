package io.weir.sink.write;

import io.weir.lake.commit.Changes;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes the rows of each record as new rows. */
public final class AppendWriter implements RowWriter {
  private static final int BYTES_BETWEEN_LOOKS = 256 << 10;

  /** The bytes that a row takes even without a value. */
  private static final int ROW_BYTES = 128;

  private final RowsMapper mapper;
  private final Table table;
  private final Schema schema;
  private final Supplier<UUID> ids;
  private final WriteBudget.Share share;
  private final int dayColumn;
  private @Nullable DayFiles files;
  private long unseen;

  public AppendWriter(Table table, RowsMapper mapper, Supplier<UUID> ids, WriteBudget budget) {
    this.table = table;
    this.schema = table.schema();
    this.mapper = mapper;
    this.ids = ids;
    this.share = budget.share();
    this.dayColumn = DayColumn.of(table);
  }

  @Override
  public void write(ConsumerRecord<byte[], byte[]> record) {
    List<TableRow> rows = mapper.rows(record);
    if (rows.isEmpty()) {
      return;
    }
    DayFiles current = files;
    if (current == null) {
      current = new DayFiles(table, schema, ids, share);
      files = current;
    }
    int day = DayFiles.day(DayColumn.micros(rows.getFirst(), dayColumn));
    for (TableRow row : rows) {
      current.write(day, row);
    }
    unseen += (long) rows.size() * (ROW_BYTES + record.serializedValueSize());
    if (unseen >= BYTES_BETWEEN_LOOKS) {
      unseen = 0;
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
    // The writer has no cache of the table.
  }
}
