package io.weir.local.terminal;

import java.io.PrintStream;

/**
 * The output of the launcher: lines that stay, and one line at the bottom that is repainted.
 * Without a terminal only the lines that stay are printed.
 */
public final class Display {
  private static final String ERASE = "\r\u001b[2K";

  /**
   * Switches wrapping off: the terminal then cuts text that does not fit, because a window may have
   * become narrower.
   */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 20;
  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private final Style style;
  private boolean painted;

  public Display(PrintStream out, boolean terminal) {
    this(out, terminal, USUAL_WIDTH, Style.PLAIN);
  }

  Display(PrintStream out, boolean terminal, int width, Style style) {
    this.out = out;
    this.terminal = terminal;
    this.width = Math.max(NARROWEST, width);
    this.style = style;
  }

  /**
   * The display on standard output; the script passes on whether it is a terminal and how wide it
   * is.
   */
  public static Display ofSystem() {
    boolean terminal = Boolean.getBoolean("weir.terminal");
    int width = Integer.getInteger("weir.columns", USUAL_WIDTH);
    return new Display(
        System.out, terminal, width, Style.of(terminal, System.getenv(), System.out.charset()));
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** The width of the bottom line in columns. */
  public int width() {
    return width;
  }

  public Style style() {
    return style;
  }

  public synchronized void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Replaces the bottom line with plain text; does nothing without a terminal. */
  public synchronized void paint(String text) {
    if (terminal) {
      erase();
      out.print(NO_WRAP + (text.length() < width ? text : text.substring(0, width - 2) + "…"));
      out.print(WRAP);
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
