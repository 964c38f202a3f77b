package io.weir.local.terminal;

/** A progress bar that fills from left to right. */
public final class Bar {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 8;

  private Bar() {}

  /**
   * A line with a bar between two texts; without the bar if both texts hardly fit.
   *
   * @param share from 0 to 1
   */
  public static String between(String before, double share, String after, Display display) {
    int room = display.width() - before.length() - after.length() - 5;
    if (room < SHORTEST) {
      return before + ", " + after;
    }
    return before + "  " + of(share, Math.min(room, LONGEST), display.style()) + "  " + after;
  }

  static String of(double share, int length, Style style) {
    int full = (int) Math.round(Math.clamp(share, 0, 1) * length);
    return style.unicode()
        ? "█".repeat(full) + "░".repeat(length - full)
        : "[" + "#".repeat(full) + ".".repeat(length - full) + "]";
  }
}
