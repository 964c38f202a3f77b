package io.weir.training.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;

/** Writes rows into a table of the lake. */
public final class LakeRows {
  private LakeRows() {}

  /** Appends one file per partition. */
  public static void append(Table table, List<Record> rows) {
    var byPartition = new LinkedHashMap<PartitionKey, List<Record>>();
    for (Record row : rows) {
      var key = new PartitionKey(table.spec(), table.schema());
      key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
      byPartition.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    var append = table.newAppend();
    byPartition.forEach((key, of) -> append.appendFile(file(table, key, of)));
    append.commit();
  }

  private static DataFile file(Table table, PartitionKey key, List<Record> rows) {
    try {
      DataWriter<Record> writer =
          Parquet.writeData(
                  table.io().newOutputFile(table.location() + "/" + UUID.randomUUID() + ".parquet"))
              .forTable(table)
              .withPartition(key)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        writer.write(rows);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a value to each required column that has none. */
  public static void fillRequired(Record row, Schema schema) {
    for (var column : schema.columns()) {
      if (column.isRequired() && row.getField(column.name()) == null) {
        row.setField(column.name(), filler(column.type().typeId()));
      }
    }
  }

  private static Object filler(Type.TypeID type) {
    return switch (type) {
      case LONG -> 0L;
      case INTEGER -> 0;
      case BOOLEAN -> false;
      case STRING -> "";
      case TIMESTAMP ->
          java.time.OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, java.time.ZoneOffset.UTC);
      case MAP -> Map.of();
      case LIST -> List.of();
      default -> throw new AssertionError(type);
    };
  }
}
