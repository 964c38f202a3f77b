package io.weir.training.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** The table of sessions in memory. */
public final class SessionLake implements AutoCloseable {
  private final InMemoryCatalog catalog = new InMemoryCatalog();

  public SessionLake() {
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    catalog.createTable(
        LakeTables.SESSIONS.identifier(),
        LakeTables.SESSIONS.schema(),
        LakeTables.SESSIONS.partitioning());
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SessionSet read(LakeSessions.Range range) {
    return LakeSessions.read(table(), range);
  }

  Table table() {
    return catalog.loadTable(LakeTables.SESSIONS.identifier());
  }

  /** Appends one file per day. */
  public void append(List<Session> sessions) {
    var byDay = new LinkedHashMap<PartitionKey, ArrayList<Record>>();
    for (Session session : sessions) {
      Record row = row(session);
      var key = new PartitionKey(table().spec(), table().schema());
      key.partition(new InternalRecordWrapper(table().schema().asStruct()).wrap(row));
      byDay.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    var append = table().newAppend();
    byDay.forEach((key, rows) -> append.appendFile(file(key, rows)));
    append.commit();
  }

  private DataFile file(PartitionKey key, List<Record> rows) {
    Table table = table();
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

  /** The columns that the reader wants; the others are empty, as required ones of old rows are. */
  private Record row(Session session) {
    Record row = GenericRecord.create(table().schema());
    for (String name : LakeSessionRow.COLUMNS) {
      Object value = session.get(Session.getClassSchema().getField(name).pos());
      boolean isNested = name.equals("features");
      row.setField(name, isNested ? features((FeatureInputs) value) : plain(name, value));
    }
    row.setField("end_time", row.getField("start_time"));
    for (var column : table().schema().columns()) {
      if (column.isRequired() && row.getField(column.name()) == null) {
        row.setField(column.name(), filler(column.type().typeId()));
      }
    }
    return row;
  }

  private static Object filler(org.apache.iceberg.types.Type.TypeID type) {
    return switch (type) {
      case LONG -> 0L;
      case INTEGER -> 0;
      case BOOLEAN -> false;
      case MAP -> Map.of();
      case LIST -> List.of();
      default -> throw new AssertionError(type);
    };
  }

  private static @Nullable Object plain(String name, @Nullable Object value) {
    return name.endsWith("_time") && value != null
        ? Instant.ofEpochMilli((Long) value).atOffset(ZoneOffset.UTC)
        : value;
  }

  private Record features(FeatureInputs inputs) {
    Record row = GenericRecord.create(table().schema().findType("features").asStructType());
    for (Schema.Field field : FeatureInputs.getClassSchema().getFields()) {
      row.setField(field.name(), inputs.get(field.pos()));
    }
    return row;
  }
}
