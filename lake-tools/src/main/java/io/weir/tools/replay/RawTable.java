package io.weir.tools.replay;

import io.weir.lake.table.ErasedRow;
import io.weir.lake.table.LakeTables;
import io.weir.process.StartupException;
import io.weir.tools.replay.OffsetWindows.Source;
import io.weir.tools.replay.OffsetWindows.Span;
import io.weir.tools.replay.Refused.NamedBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** {@code bronze.raw_events} as it was when this was made, whatever is committed meanwhile. */
final class RawTable {
  private final Table table;
  private final @Nullable Snapshot snapshot;

  /** A raw record and where it was. */
  record Row(
      Source source,
      long offset,
      List<NamedBytes> headers,
      @Nullable ByteBuffer key,
      @Nullable ByteBuffer value) {
    private static final Comparator<Row> ORDER =
        Comparator.comparing((Row row) -> row.source.topic())
            .thenComparingInt(row -> row.source.partition())
            .thenComparingLong(Row::offset);

    String mark() {
      return source.topic() + "-" + source.partition() + "-" + offset;
    }
  }

  RawTable(Catalog catalog) {
    try {
      this.table = catalog.loadTable(LakeTables.RAW_EVENTS.identifier());
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no table bronze.raw_events; start lake-sink once, or check WEIR_POSTGRES_…",
          e);
    }
    this.snapshot = table.currentSnapshot();
  }

  /** Reads three narrow columns. */
  OffsetWindows windows(RawFilter filter) {
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

  /** The rows of a slice that the filter takes, each partition in the order of its offsets. */
  List<Row> rows(RawFilter filter, Map<Source, Span> slice) {
    var rows = new ArrayList<Row>();
    read(
        Expressions.and(filter.time(), within(slice)),
        List.of(),
        row -> {
          if (!ErasedRow.is(row) && filter.takes((ByteBuffer) row.getField("value"))) {
            rows.add(row(row));
          }
        });
    rows.sort(Row.ORDER);
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
    try (CloseableIterable<Record> rows =
        (columns.isEmpty() ? scan : scan.select(columns)).build()) {
      rows.forEach(consumer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Record row) {
    return new Row(
        source(row),
        offset(row),
        RejectedTable.headers(row),
        (ByteBuffer) row.getField("key"),
        (ByteBuffer) row.getField("value"));
  }

  private static Source source(Record row) {
    return new Source((String) row.getField("topic"), (Integer) row.getField("partition"));
  }

  private static long offset(Record row) {
    return (Long) row.getField("offset");
  }
}
