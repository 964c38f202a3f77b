package io.weir.sink.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** Ranks as they stand in a table, deletes applied. */
final class TableRanks implements KnownRanks.Source {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Table table;
  private final String dayOf;
  private final String key;
  private final String revision;

  TableRanks(Table table, String key, String revision) {
    this.table = table;
    this.dayOf = table.schema().columns().get(DayColumn.of(table)).name();
    this.key = key;
    this.revision = revision;
  }

  @Override
  public long rows(int day) {
    table.refresh();
    TableScan scan = table.newScan().filter(isIn(day));
    long rows = 0;
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        rows += task.file().recordCount();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  @Override
  public Map<String, Long> all(int day) {
    return read(day, Set.of());
  }

  @Override
  public Map<String, Long> of(int day, Set<String> keys) {
    return keys.isEmpty() ? Map.of() : read(day, keys);
  }

  private Map<String, Long> read(int day, Set<String> wanted) {
    var ranks = new HashMap<String, Long>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).where(isIn(day)).select(key, revision).build()) {
      for (Record row : rows) {
        var rowKey = (String) row.getField(key);
        if (wanted.isEmpty() || wanted.contains(rowKey)) {
          ranks.merge(rowKey, Ranks.of((Integer) row.getField(revision), false), Math::max);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ranks;
  }

  private Expression isIn(int day) {
    long start = day * MICROS_PER_DAY;
    return Expressions.and(
        Expressions.greaterThanOrEqual(dayOf, start),
        Expressions.lessThan(dayOf, start + MICROS_PER_DAY));
  }
}
