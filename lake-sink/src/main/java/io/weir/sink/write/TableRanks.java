package io.weir.sink.write;

import io.weir.lake.table.TableRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads ranks from a table, with deletes applied. All rows of a key have the same time. So a search
 * for some keys reads only the files and row groups around the times of those keys.
 */
final class TableRanks implements KnownRanks.Source {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * Times closer than this share one range of the filter, so the filter of a day has at most some
   * hundred ranges.
   */
  private static final long APART = 10 * 60_000_000L;

  private final Table table;
  private final int dayColumn;
  private final String dayOf;
  private final String key;
  private final String revision;

  TableRanks(Table table, String key, String revision) {
    this.table = table;
    this.dayColumn = DayColumn.of(table);
    this.dayOf = table.schema().columns().get(dayColumn).name();
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
    return read(isIn(day), Set.of());
  }

  @Override
  public Map<String, Long> of(int day, Collection<KeyedRow> asked) {
    if (asked.isEmpty()) {
      return Map.of();
    }
    var keys = new HashSet<String>();
    long[] times = new long[asked.size()];
    int count = 0;
    for (KeyedRow each : asked) {
      keys.add(each.key());
      times[count++] = DayColumn.micros(each.row(), dayColumn);
    }
    return read(isAround(times), keys);
  }

  private Map<String, Long> read(Expression where, Set<String> wanted) {
    var ranks = new HashMap<String, Long>();
    TableRows.read(
        IcebergGenerics.read(table).where(where).select(key, revision),
        row -> {
          var rowKey = (String) row.getField(key);
          if (wanted.isEmpty() || wanted.contains(rowKey)) {
            ranks.merge(rowKey, Ranks.of((Integer) row.getField(revision), false), Math::max);
          }
        });
    return ranks;
  }

  private Expression isAround(long[] times) {
    Arrays.sort(times);
    Expression where = Expressions.alwaysFalse();
    long first = times[0];
    for (int i = 1; i <= times.length; i++) {
      if (i == times.length || times[i] - times[i - 1] > APART) {
        where = Expressions.or(where, isBetween(first, times[i - 1]));
        first = i == times.length ? first : times[i];
      }
    }
    return where;
  }

  private Expression isBetween(long first, long last) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(dayOf, first), Expressions.lessThanOrEqual(dayOf, last));
  }

  private Expression isIn(int day) {
    long start = day * MICROS_PER_DAY;
    return isBetween(start, start + MICROS_PER_DAY - 1);
  }
}
