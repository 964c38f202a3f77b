package io.weir.sink.write;

import io.weir.sink.table.AvroTypes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a record into the columns of a table, matched by name. */
final class RowReader {
  private static final int NOWHERE = -1;

  private final Schema row;
  private final ValueReader[] readers;
  private final int[] places;

  RowReader(Schema record, Schema row, Set<String> times) {
    this.row = row;
    List<Field> fields = record.getFields();
    this.readers = new ValueReader[fields.size()];
    this.places = new int[fields.size()];
    Map<String, Field> columns = new HashMap<>();
    row.getFields().forEach(column -> columns.put(column.name(), column));
    for (int i = 0; i < places.length; i++) {
      Field field = fields.get(i);
      Field column = columns.get(AvroTypes.column(field.name()));
      places[i] = column == null ? NOWHERE : column.pos();
      Schema to = column == null ? field.schema() : column.schema();
      readers[i] = ValueReader.of(field.name(), field.schema(), to, times);
    }
  }

  Row read(Decoder in) throws IOException {
    var values = new @Nullable Object[row.getFields().size()];
    for (int i = 0; i < readers.length; i++) {
      Object value = readers[i].read(in);
      if (places[i] != NOWHERE) {
        values[places[i]] = value;
      }
    }
    return new Row(row, values);
  }
}
