package io.weir.training.session;

import java.time.OffsetDateTime;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Copies fields from rows of the lake into records. They are made without builders, whose defaults
 * ask Avro for classes, which it refuses in a process without topics.
 */
public final class LakeFields {
  private LakeFields() {}

  /** Copies the fields of these names. */
  public static void copy(Record row, List<String> names, SpecificRecord into) {
    for (String name : names) {
      put(into, name, row.getField(name));
    }
  }

  /** Sets a field; a row that is older than its column has no value. */
  private static void put(SpecificRecord record, String name, @Nullable Object value) {
    if (value != null) {
      Object plain = value instanceof OffsetDateTime time ? time.toInstant().toEpochMilli() : value;
      record.put(record.getSchema().getField(name).pos(), plain);
    }
  }
}
