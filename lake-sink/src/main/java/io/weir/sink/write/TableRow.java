package io.weir.sink.write;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row in the order of its table's columns, in the form of Parquet's Avro writer.
 */
public final class TableRow implements IndexedRecord {
  private final Schema schema;
  private final @Nullable Object[] values;

  TableRow(Schema schema, @Nullable Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  @Override
  public void put(int index, @Nullable Object value) {
    values[index] = value;
  }

  @Override
  public @Nullable Object get(int index) {
    return values[index];
  }

  @Override
  public Schema getSchema() {
    return schema;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
