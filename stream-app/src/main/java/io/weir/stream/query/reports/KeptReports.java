package io.weir.stream.query.reports;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.weir.stream.query.metrics.NoSessionRows;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What PostgreSQL answered within the last minute, by the SQL. A report reads many rows, and every
 * open page asks for it again and again. That a report took too long is kept, too. Questions that
 * are equal wait for one reading. Where there are too many rows or reports, those that are asked
 * for least are not kept.
 */
final class KeptReports {
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** The most rows of all reports together. */
  private static final int MOST_ROWS = 60_000;

  private static final int MOST_REPORTS = 200;

  /** A report counts as this many rows at least, which bounds the number of reports. */
  private static final int LEAST_ROWS = MOST_ROWS / MOST_REPORTS;

  /**
   * An entry is there from the begin of its reading on, as a future: a reading takes seconds, and
   * other questions must not wait for it.
   */
  private final AsyncCache<String, Answered> bySql;

  /**
   * Keeps nothing yet.
   *
   * @param ticker the age of what is kept, which must not go back
   */
  KeptReports(Ticker ticker) {
    this.bySql =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(KEPT)
            .maximumWeight(MOST_ROWS)
            .weigher((String _, Answered answered) -> Math.max(answered.size(), LEAST_ROWS))
            // Eviction runs on the thread that adds, so the bound holds without a pool of threads.
            .executor(Runnable::run)
            .buildAsync();
  }

  /**
   * What was answered.
   *
   * @param outcome gives the rows, or throws why there are none
   */
  private record Answered(int size, boolean isKept, Supplier<ReportRows> outcome) {
    static Answered of(Supplier<ReportRows> reading) {
      try {
        ReportRows rows = reading.get();
        return new Answered(rows.rows().size(), true, () -> rows);
      } catch (RuntimeException e) {
        boolean isTooLong = e instanceof NoSessionRows silence && silence.isTooLong();
        return new Answered(
            0,
            isTooLong,
            () -> {
              throw e;
            });
      }
    }
  }

  /** The rows that are kept, those that somebody else reads now, or those that are read here. */
  ReportRows get(String sql, Supplier<ReportRows> reading) {
    var mine = new CompletableFuture<Answered>();
    CompletableFuture<Answered> others = bySql.asMap().putIfAbsent(sql, mine);
    if (others != null) {
      return others.join().outcome().get();
    }
    try {
      Answered answered = Answered.of(reading);
      if (!answered.isKept()) {
        // Before it is complete, so that nobody who asks later gets it.
        bySql.asMap().remove(sql, mine);
      }
      mine.complete(answered);
      return answered.outcome().get();
    } finally {
      // After an error the entry goes, and nobody waits for it.
      mine.cancel(false);
    }
  }
}
