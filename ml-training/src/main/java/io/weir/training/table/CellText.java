package io.weir.training.table;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Meanings of one value's text: missing, a number, or a yes or no. */
final class CellText {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");
  private static final Set<String> YES = Set.of("true", "yes", "t", "y");
  private static final Set<String> NO = Set.of("false", "no", "f", "n");

  private CellText() {}

  static boolean isMissing(String text) {
    return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  static boolean isNumber(String text) {
    return !Double.isNaN(parse(text));
  }

  /** The number, or NaN for other text and for a number too large for a float. */
  static float number(String text) {
    float number = (float) parse(text);
    return Float.isInfinite(number) ? Float.NaN : number;
  }

  static Optional<Boolean> yesOrNo(String text) {
    String lower = text.length() <= 5 ? text.toLowerCase(Locale.ROOT) : "";
    if (YES.contains(lower)) {
      return Optional.of(true);
    }
    return NO.contains(lower) ? Optional.of(false) : Optional.empty();
  }

  private static double parse(String text) {
    if (!looksNumeric(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /**
   * Java also reads {@code 1f}, {@code 0x1p3} and {@code Infinity} as numbers; a table has text.
   */
  private static boolean looksNumeric(String text) {
    boolean hasDigit = false;
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      hasDigit |= each >= '0' && each <= '9';
      if ("0123456789+-.eE".indexOf(each) < 0) {
        return false;
      }
    }
    return hasDigit;
  }
}
