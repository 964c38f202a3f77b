package io.weir.tools.audit;

import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.TableRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * The events whose products are missing in {@code silver.event_products}, or are there twice. All
 * products of an event are in one file, so the first one stands for all.
 *
 * <p>Events from before the first row of their partition are left out, because the table may be
 * younger than they are. A table that has not read as far as the events is only searched for
 * repeated rows.
 */
final class ProductBooks {
  private static final String PARTITION = "raw_partition";
  private static final String OFFSET = "raw_offset";

  private final Map<Integer, OffsetBits> found = new HashMap<>();
  private final Map<Integer, Ranges> twice = new HashMap<>();
  private final Map<Integer, Ranges> missing = new HashMap<>();

  private ProductBooks() {}

  /** Reads both tables as they were when they were loaded, the events first. */
  static ProductBooks of(Table events, Table products) {
    var books = new ProductBooks();
    TableRows.read(
        IcebergGenerics.read(products)
            .where(Expressions.equal("line_number", 1))
            .select(PARTITION, OFFSET),
        books::found);
    if (hasRead(products, events)) {
      TableRows.read(
          IcebergGenerics.read(events)
              .where(isKept(KeptFrom.of(products)))
              .select(PARTITION, OFFSET, "products.element.product_id"),
          books::expected);
    }
    return books;
  }

  /** Retention may have dropped a day of the products before that of the events. */
  private static Expression isKept(Instant from) {
    return from.equals(Instant.EPOCH)
        ? Expressions.alwaysTrue()
        : Expressions.greaterThanOrEqual(
            "event_time", ChronoUnit.MICROS.between(Instant.EPOCH, from));
  }

  /** Whether a table has read as far as another one that is written from the same topic. */
  static boolean hasRead(Table table, Table other) {
    Offsets reached = CommittedOffsets.newest(table).offsets();
    Offsets wanted = CommittedOffsets.newest(other).offsets();
    return wanted.next().entrySet().stream()
        .allMatch(each -> reached.next().getOrDefault(each.getKey(), -1L) >= each.getValue());
  }

  private void found(Record row) {
    var partition = (Integer) row.getField(PARTITION);
    var offset = (Long) row.getField(OFFSET);
    if (!found.computeIfAbsent(partition, _ -> new OffsetBits()).add(offset)) {
      twice.computeIfAbsent(partition, _ -> new Ranges()).add(offset);
    }
  }

  private void expected(Record row) {
    var partition = (Integer) row.getField(PARTITION);
    var offset = (Long) row.getField(OFFSET);
    OffsetBits known = found.get(partition);
    if (known != null
        && offset >= known.first()
        && !known.contains(offset)
        && row.getField("products") instanceof List<?> list
        && !list.isEmpty()) {
      missing.computeIfAbsent(partition, _ -> new Ranges()).add(offset);
    }
  }

  List<Range> twice(int partition) {
    return ranges(twice, partition);
  }

  List<Range> missing(int partition) {
    return ranges(missing, partition);
  }

  private static List<Range> ranges(Map<Integer, Ranges> of, int partition) {
    Ranges ranges = of.get(partition);
    return ranges == null ? List.of() : ranges.shared(ranges);
  }
}
