package io.weir.sink.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Which places of the raw topic the rows of a table come from. */
final class Positions {
  private final Map<Integer, Ranges> partitions = new TreeMap<>();

  static Positions of(Table table, Expression where, String partition, String offset) {
    var positions = new Positions();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).where(where).select(partition, offset).build()) {
      for (Record row : rows) {
        positions.of((Integer) row.getField(partition)).add((Long) row.getField(offset));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return positions;
  }

  Ranges of(int partition) {
    return partitions.computeIfAbsent(partition, _ -> new Ranges());
  }
}
