package io.weir.tools.audit;

import io.weir.lake.table.TableRows;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.expressions.Expression;

/** The raw offsets from which the rows of a table were made. */
final class SeenOffsets {
  private final Map<Integer, Ranges> partitions = new TreeMap<>();

  static SeenOffsets of(Table table, Expression where, String partition, String offset) {
    var positions = new SeenOffsets();
    TableRows.read(
        IcebergGenerics.read(table).where(where).select(partition, offset),
        row -> {
          positions.of((Integer) row.getField(partition)).add((Long) row.getField(offset));
        });
    return positions;
  }

  static SeenOffsets none() {
    return new SeenOffsets();
  }

  /** Those of these offsets that count. */
  SeenOffsets from(CountedFrom first) {
    if (!first.isCut()) {
      return this;
    }
    var counted = new SeenOffsets();
    partitions.forEach((partition, ranges) ->
        counted.partitions.put(partition, ranges.from(first.first(partition, 0))));
    return counted;
  }

  Ranges of(int partition) {
    return partitions.computeIfAbsent(partition, _ -> new Ranges());
  }
}
