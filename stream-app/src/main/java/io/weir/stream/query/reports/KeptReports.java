package io.weir.stream.query.reports;

import io.weir.stream.query.metrics.NoSessionRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL answered within the last minute, by the SQL. A report reads many rows, and every
 * open page asks for it again and again. That a report took too long is kept, too.
 */
final class KeptReports {
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** The most rows of all reports together. */
  private static final int MOST_ROWS = 60_000;

  private static final int MOST_REPORTS = 200;

  private final InstantSource clock;

  /** The oldest one first. */
  private final Map<String, Kept> bySql = new LinkedHashMap<>();

  private int size;

  KeptReports(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What was answered.
   *
   * @param outcome gives the rows, or throws that it took too long
   */
  private record Kept(Instant at, int size, Supplier<ReportRows> outcome) {}

  /** The rows that are kept, or those that are read now. */
  ReportRows get(String sql, Supplier<ReportRows> reading) {
    Kept found = found(sql);
    if (found != null) {
      return found.outcome().get();
    }
    try {
      ReportRows rows = reading.get();
      keep(sql, rows.rows().size(), () -> rows);
      return rows;
    } catch (NoSessionRows e) {
      if (e.isTooLong()) {
        keep(
            sql,
            0,
            () -> {
              throw e;
            });
      }
      throw e;
    }
  }

  private synchronized @Nullable Kept found(String sql) {
    Kept kept = bySql.get(sql);
    return kept != null && isFresh(kept) ? kept : null;
  }

  /** Clocks may be put back. */
  private boolean isFresh(Kept kept) {
    Instant now = clock.instant();
    return !now.isBefore(kept.at()) && now.isBefore(kept.at().plus(KEPT));
  }

  private synchronized void keep(String sql, int rows, Supplier<ReportRows> outcome) {
    Kept former = bySql.remove(sql);
    size += rows - (former == null ? 0 : former.size());
    bySql.put(sql, new Kept(clock.instant(), rows, outcome));
    Iterator<Kept> oldest = bySql.values().iterator();
    while (oldest.hasNext()) {
      Kept each = oldest.next();
      if (size <= MOST_ROWS && bySql.size() <= MOST_REPORTS && isFresh(each)) {
        return;
      }
      oldest.remove();
      size -= each.size();
    }
  }
}
