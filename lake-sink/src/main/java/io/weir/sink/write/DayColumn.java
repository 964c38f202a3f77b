package io.weir.sink.write;

import org.apache.iceberg.Table;

/** The column whose day a table is partitioned by. */
final class DayColumn {
  private DayColumn() {}

  /** The index of the column in a row. */
  static int of(Table table) {
    int id = table.spec().fields().getFirst().sourceId();
    int place = 0;
    while (table.schema().columns().get(place).fieldId() != id) {
      place++;
    }
    return place;
  }

  static long micros(TableRow row, int place) {
    if (row.get(place) instanceof Long micros) {
      return micros;
    }
    throw new IllegalStateException("the row has no time to partition by: " + row);
  }
}
