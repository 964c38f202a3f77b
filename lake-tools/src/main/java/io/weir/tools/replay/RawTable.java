package io.weir.tools.replay;

import io.weir.lake.table.ErasedRow;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.tools.replay.OffsetWindows.Source;
import io.weir.tools.replay.OffsetWindows.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** Reads one snapshot of {@code bronze.raw_events}, whatever is committed meanwhile. */
final class RawTable {
  /** The approximate number of records in memory at a time. */
  private static final int SLICE = 10_000;

  private static final Comparator<StoredRecord> BY_PLACE =
      Comparator.comparing((StoredRecord record) -> record.origin().topic())
          .thenComparingInt(record -> record.origin().partition())
          .thenComparingLong(record -> record.origin().offset());

  private final Table table;
  private final @Nullable Snapshot snapshot;

  RawTable(Catalog catalog) {
    this.table = RejectedTable.load(catalog, LakeTables.RAW_EVENTS);
    this.snapshot = table.currentSnapshot();
  }

  /** The rows that match the filter, each partition in the order of its offsets. */
  ReplayPipeline.Parts<StoredRecord> parts(RawFilter filter) {
    List<Map<Source, Span>> slices = windows(filter).slices(SLICE);
    return new ReplayPipeline.Parts<>(
        slices.size(), number -> rows(filter.time(), filter::takes, slices.get(number)));
  }

  /** The offsets that the table has of a topic, by partition. */
  SortedMap<Integer, Span> offsets(String topic) {
    var windows = new OffsetWindows();
    read(
        Expressions.equal("topic", topic),
        List.of("partition", "offset"),
        row -> windows.add(topic, (Integer) row.getField("partition"), offset(row)));
    return windows.spans(topic);
  }

  /** The rows of a topic at the offsets, each partition in the order of its offsets. */
  ReplayPipeline.Parts<StoredRecord> parts(String topic, Map<Integer, Span> offsets) {
    var windows = new OffsetWindows();
    offsets.forEach((partition, span) -> {
      windows.add(topic, partition, span.first());
      windows.add(topic, partition, span.end() - 1);
    });
    List<Map<Source, Span>> slices = windows.slices(SLICE);
    return new ReplayPipeline.Parts<>(
        slices.size(), number -> rows(Expressions.alwaysTrue(), _ -> true, slices.get(number)));
  }

  /** The offset windows of the matching rows, from three narrow columns. */
  private OffsetWindows windows(RawFilter filter) {
    var windows = new OffsetWindows();
    read(
        filter.time(),
        List.of("topic", "partition", "offset", "append_time"),
        row -> {
          Source source = source(row);
          windows.add(source.topic(), source.partition(), offset(row));
        });
    return windows;
  }

  private List<StoredRecord> rows(
      Expression where, Predicate<@Nullable ByteBuffer> taken, Map<Source, Span> slice) {
    var rows = new ArrayList<StoredRecord>();
    read(
        Expressions.and(where, within(slice)),
        List.of(),
        row -> {
          if (!ErasedRow.is(row) && taken.test((ByteBuffer) row.getField("value"))) {
            rows.add(StoredRecord.of(origin(row), row));
          }
        });
    rows.sort(BY_PLACE);
    return rows;
  }

  private static Expression within(Map<Source, Span> slice) {
    Expression any = Expressions.alwaysFalse();
    for (Map.Entry<Source, Span> each : slice.entrySet()) {
      Source source = each.getKey();
      any =
          Expressions.or(
              any,
              Expressions.and(
                  Expressions.equal("topic", source.topic()),
                  Expressions.equal("partition", source.partition()),
                  Expressions.greaterThanOrEqual("offset", each.getValue().first()),
                  Expressions.lessThan("offset", each.getValue().end())));
    }
    return any;
  }

  private void read(Expression where, List<String> columns, Consumer<Record> consumer) {
    if (snapshot == null) {
      return;
    }
    IcebergGenerics.ScanBuilder scan =
        IcebergGenerics.read(table).useSnapshot(snapshot.snapshotId()).where(where);
    TableRows.read(columns.isEmpty() ? scan : scan.select(columns), consumer);
  }

  private static Origin origin(Record row) {
    Source source = source(row);
    return new Origin(Origin.micros(row), source.topic(), source.partition(), offset(row));
  }

  private static Source source(Record row) {
    return new Source((String) row.getField("topic"), (Integer) row.getField("partition"));
  }

  private static long offset(Record row) {
    return (Long) row.getField("offset");
  }
}
