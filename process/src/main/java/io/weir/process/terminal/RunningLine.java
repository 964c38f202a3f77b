package io.weir.process.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A line about work under way: written over on a terminal, printed anew now and then elsewhere. */
public final class RunningLine {
  private static final Duration REPAINT = Duration.ofMillis(200);
  private static final String ERASE_REST = "\u001b[K";

  private final PrintStream out;
  private final boolean isWrittenOver;
  private final long between;
  private final LongSupplier nanos;
  private long last;
  private boolean isPainted;

  private RunningLine(
      PrintStream out, boolean isWrittenOver, Duration between, LongSupplier nanos) {
    this.out = out;
    this.isWrittenOver = isWrittenOver;
    this.between = between.toNanos();
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /**
   * A line that a terminal shows as it changes.
   *
   * @param between two lines where nobody watches
   */
  public static RunningLine on(Terminal terminal, Duration between, LongSupplier nanos) {
    boolean isWatched = terminal.isInteractive();
    return new RunningLine(terminal.err(), isWatched, isWatched ? REPAINT : between, nanos);
  }

  /** Lines that stay, for output that a terminal may share with other output. */
  public static RunningLine staying(PrintStream out, Duration between, LongSupplier nanos) {
    return new RunningLine(out, false, between, nanos);
  }

  /** Shows the text if it is time for it; work that is over before stays silent. */
  public void show(Supplier<String> text) {
    long now = nanos.getAsLong();
    if (now - last < between) {
      return;
    }
    last = now;
    if (isWrittenOver) {
      out.print("\r" + text.get() + ERASE_REST);
      out.flush();
      isPainted = true;
    } else {
      out.println(text.get());
    }
  }

  /** Takes the line off the terminal. */
  public void clear() {
    if (isPainted) {
      out.print("\r" + ERASE_REST);
      out.flush();
      isPainted = false;
    }
  }

  /**
   * A bar in ASCII that fills from left to right.
   *
   * @param share from 0 to 1
   */
  public static String bar(double share, int length) {
    int full = (int) (Math.clamp(share, 0, 1) * length);
    return "[" + "#".repeat(full) + ".".repeat(length - full) + "]";
  }
}
