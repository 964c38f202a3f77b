package io.weir.stream.gold;

import io.weir.stream.session.bytes.Utf8;
import org.jspecify.annotations.Nullable;

/** The values of dimensions as gold keeps them: well-formed and at most 512 bytes of UTF-8. */
final class GoldValue {
  static final int MOST_BYTES = 512;

  /** The name of all values beyond a limit. */
  static final String OTHER = "(other)";

  private static final char REPLACEMENT = '\uFFFD';

  private GoldValue() {}

  /** The value to keep; empty for none. PostgreSQL takes no NUL, UTF-8 no half of a pair. */
  static String of(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String clean = isClean(text) ? text : cleaned(text);
    return Utf8.fits(clean, MOST_BYTES) ? clean : Utf8.prefix(clean, MOST_BYTES);
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static String cleaned(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          boolean isHalf =
              point < Character.MIN_SUPPLEMENTARY_CODE_POINT && Character.isSurrogate((char) point);
          clean.appendCodePoint(point == 0 || isHalf ? REPLACEMENT : point);
        });
    return clean.toString();
  }
}
