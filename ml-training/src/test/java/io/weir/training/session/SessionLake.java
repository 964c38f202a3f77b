package io.weir.training.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
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

  public void append(List<Session> sessions) {
    LakeRows.append(table(), sessions.stream().map(this::row).toList());
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
    LakeRows.fillRequired(row, table().schema());
    return row;
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
