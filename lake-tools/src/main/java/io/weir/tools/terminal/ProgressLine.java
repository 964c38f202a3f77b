package io.weir.tools.terminal;

import java.io.Console;
import java.io.PrintWriter;

/** A progress line for a piece of work: written over on a terminal, else a new one each tenth. */
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
   * On the terminal of this process, if it has one. Which JDK gives no console and which one that
   * is no terminal has changed more than once.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static ProgressLine of(PrintWriter out) {
    Console console = System.console();
    return new ProgressLine(out, console != null && console.isTerminal());
  }

  /** A further piece of work begins. */
  public void begin(String name) {
    what = name;
    shown = -1;
  }

  /** Nothing out of nothing is all of it. */
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
