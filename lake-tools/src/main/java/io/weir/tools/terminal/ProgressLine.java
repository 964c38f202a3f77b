package io.weir.tools.terminal;

import java.io.Console;
import java.io.PrintWriter;

/**
 * A progress line for a piece of work. On a terminal it is overwritten; elsewhere each tenth prints
 * a new line.
 */
public final class ProgressLine {
  private static final int WIDTH = 30;
  private static final int HUNDRED = 100;
  private static final int TENTH = 10;

  private final PrintWriter out;
  private final boolean isTerminal;
  private String what = "";
  private int shown = -1;

  public ProgressLine(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /**
   * Creates a progress line for the terminal of this process, if it has one. Some JDKs return no
   * console without a terminal, others return a console that is not a terminal.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static ProgressLine of(PrintWriter out) {
    Console console = System.console();
    return new ProgressLine(out, console != null && console.isTerminal());
  }

  /** Begins the next piece of work. */
  public void begin(String name) {
    what = name;
    shown = -1;
  }

  /** Shows the progress; 0 of 0 counts as complete. */
  public void done(long done, long all) {
    int percent = all <= 0 ? HUNDRED : (int) (HUNDRED * Math.min(done, all) / all);
    int step = isTerminal ? percent : percent / TENTH * TENTH;
    if (step == shown) {
      return;
    }
    shown = step;
    if (isTerminal) {
      int full = WIDTH * percent / HUNDRED;
      out.print("\r" + what + " [" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] ");
      out.print(percent + "%" + (percent == HUNDRED ? "\n" : ""));
    } else {
      out.println(what + " " + step + "%");
    }
    out.flush();
  }
}
