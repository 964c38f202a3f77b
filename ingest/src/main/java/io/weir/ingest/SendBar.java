package io.weir.ingest;

import io.weir.ingest.run.Totals;
import io.weir.process.Surroundings;
import io.weir.process.terminal.RunningLine;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The bar that shows how much of the files is sent, and how long the rest will take. */
final class SendBar {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final int WIDTH = 24;

  private final RunningLine line;
  private final LongSupplier nanos;
  private final Totals totals;
  private final long total;
  private final long begun;
  private long doneFiles;

  /**
   * @param total bytes of all files
   */
  SendBar(Surroundings surroundings, Totals totals, long total) {
    this.nanos = surroundings.nanos();
    this.line = RunningLine.on(surroundings.terminal(), BETWEEN_LINES, nanos);
    this.totals = totals;
    this.total = total;
    this.begun = nanos.getAsLong();
  }

  /** So many bytes of the present file are read. */
  void at(long bytes) {
    line.show(() -> text(doneFiles + bytes));
  }

  void fileDone(long bytes) {
    doneFiles += bytes;
  }

  private String text(long bytes) {
    double share = total == 0 ? 1 : Math.min(1.0, (double) bytes / total);
    double seconds = (nanos.getAsLong() - begun) / 1e9;
    double rate = totals.sentEvents() / Math.max(0.001, seconds);
    long left = share == 0 ? 0 : Math.round(seconds / share * (1 - share));
    return String.format(
        Locale.ROOT,
        "%s %3.0f %%  %,d MB of %,d  %,d events, %,.0f/s, %d s left",
        RunningLine.bar(share, WIDTH),
        share * 100,
        bytes >> 20,
        total >> 20,
        totals.sentEvents(),
        rate,
        left);
  }

  /** Takes the bar off the terminal. */
  void clear() {
    line.clear();
  }
}
