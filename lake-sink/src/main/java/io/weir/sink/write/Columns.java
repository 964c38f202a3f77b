package io.weir.sink.write;

import io.weir.lake.table.AvroTypes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Takes a record of the contract apart into the columns of a table, matched by name. */
final class Columns {
  private static final int ABSENT = -1;

  private final Schema row;
  private final int[] sources;
  private final Cells[] cells;

  Columns(Schema record, Schema row, Set<String> times) {
    this.row = row;
    List<Field> columns = row.getFields();
    this.sources = new int[columns.size()];
    this.cells = new Cells[columns.size()];
    Map<String, Field> fields = new HashMap<>();
    record.getFields().forEach(field -> fields.put(AvroTypes.column(field.name()), field));
    Arrays.fill(sources, ABSENT);
    for (int i = 0; i < sources.length; i++) {
      Field field = fields.get(columns.get(i).name());
      cells[i] = Cells.SAME;
      if (field != null) {
        sources[i] = field.pos();
        cells[i] = Cells.of(field, columns.get(i).schema(), times);
      }
    }
  }

  TableRow row(IndexedRecord record) {
    var values = new @Nullable Object[sources.length];
    for (int i = 0; i < sources.length; i++) {
      Object value = sources[i] == ABSENT ? null : record.get(sources[i]);
      values[i] = value == null ? null : cells[i].convert(value);
    }
    return new TableRow(row, values);
  }
}
