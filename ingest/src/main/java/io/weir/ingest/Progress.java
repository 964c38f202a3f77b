package io.weir.ingest;

import io.weir.ingest.run.Totals;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A bar on a terminal, a line every five seconds elsewhere. */
final class Progress {
  private static final long REPAINT = 200_000_000;
  private static final long NEW_LINE = 5_000_000_000L;
  private static final int WIDTH = 24;

  private final PrintStream err;
  private final boolean isTerminal;
  private final LongSupplier nanos;
  private final Totals totals;
  private final long total;
  private final long begun;
  private long doneFiles;
  private long last;
  private boolean isPainted;

  /**
   * @param total bytes of all files
   */
  Progress(Surroundings surroundings, Totals totals, long total, LongSupplier nanos) {
    this.err = surroundings.err();
    this.isTerminal = surroundings.isTerminal();
    this.nanos = nanos;
    this.totals = totals;
    this.total = total;
    this.begun = nanos.getAsLong();
    this.last = begun;
  }

  /** So many bytes of the present file are read. */
  void at(long bytes) {
    long now = nanos.getAsLong();
    if (now - last < (isTerminal ? REPAINT : NEW_LINE)) {
      return;
    }
    last = now;
    String text = text(doneFiles + bytes, now);
    if (isTerminal) {
      err.print("\r" + text + "\u001b[K");
      err.flush();
      isPainted = true;
    } else {
      err.println(text);
    }
  }

  void fileDone(long bytes) {
    doneFiles += bytes;
  }

  private String text(long bytes, long now) {
    double share = total == 0 ? 1 : Math.min(1.0, (double) bytes / total);
    double seconds = (now - begun) / 1e9;
    double rate = totals.sentEvents() / Math.max(0.001, seconds);
    long left = share == 0 ? 0 : Math.round(seconds / share * (1 - share));
    int filled = (int) (share * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %,d MB of %,d  %,d events, %,.0f/s, %d s left",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        share * 100,
        bytes >> 20,
        total >> 20,
        totals.sentEvents(),
        rate,
        left);
  }

  /** Takes the bar off the terminal. */
  void clear() {
    if (isPainted) {
      err.print("\r\u001b[K");
      err.flush();
      isPainted = false;
    }
  }
}
