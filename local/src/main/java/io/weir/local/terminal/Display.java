package io.weir.local.terminal;

import java.io.PrintStream;

/**
 * Lines that stay, and one line at the bottom that is painted over. Without a terminal only the
 * lines that stay are printed.
 */
public final class Display {
  private static final String ERASE = "\r\u001b[2K";
  private static final int WIDEST = 118;
  private final PrintStream out;
  private final boolean terminal;
  private boolean painted;

  public Display(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard output; the script, which can tell, says whether it is a terminal. */
  public static Display ofSystem() {
    return new Display(System.out, Boolean.getBoolean("weir.terminal"));
  }

  public boolean isTerminal() {
    return terminal;
  }

  public synchronized void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Replaces the line at the bottom; nothing happens without a terminal. */
  public synchronized void paint(String text) {
    if (terminal) {
      erase();
      out.print(text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…");
      out.flush();
      painted = true;
    }
  }

  private void erase() {
    if (painted) {
      out.print(ERASE);
      painted = false;
    }
  }
}
