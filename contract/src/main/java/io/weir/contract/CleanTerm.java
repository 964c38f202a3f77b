package io.weir.contract;

import java.util.Locale;

/** The one spelling in which gold has the term of a search, however a visitor wrote it. */
public final class CleanTerm {
  /** The most bytes of UTF-8 that a term takes. */
  public static final int MOST_BYTES = 512;

  /** Stands for a word that may be an e-mail address. */
  public static final String EMAIL = "(email)";

  private static final int REPLACEMENT = 0xFFFD;

  private CleanTerm() {}

  /** Lower case, one space between words, no e-mail address, at most {@link #MOST_BYTES}. */
  public static String of(String text) {
    var clean = new StringBuilder(Math.min(text.length(), MOST_BYTES));
    int at = 0;
    while (at < text.length() && clean.length() <= MOST_BYTES) {
      int end = wordEnd(text, at);
      if (end > at) {
        if (!clean.isEmpty()) {
          clean.append(' ');
        }
        String word = text.substring(at, end);
        clean.append(isEmail(word) ? EMAIL : wellFormed(word.toLowerCase(Locale.ROOT)));
      }
      at = end + Character.charCount(end < text.length() ? text.codePointAt(end) : 0);
    }
    return cut(clean.toString());
  }

  /** The whole characters within {@link #MOST_BYTES}, without a space at the end. */
  private static String cut(String term) {
    int left = MOST_BYTES;
    int end = 0;
    while (end < term.length()) {
      int point = term.codePointAt(end);
      left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (left < 0) {
        return term.substring(0, end).stripTrailing();
      }
      end += Character.charCount(point);
    }
    return term;
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && !isGap(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isGap(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point);
  }

  /** Whether a word has an at sign between others, escaped a second time or not. */
  private static boolean isEmail(String word) {
    return isInside(word, "@") || isInside(word, "%40");
  }

  private static boolean isInside(String word, String sign) {
    int at = word.indexOf(sign, 1);
    return at > 0 && at + sign.length() < word.length();
  }

  /** The same with U+FFFD for each half of a pair of surrogates, which UTF-8 cannot write. */
  private static String wellFormed(String word) {
    if (word.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return word;
    }
    var text = new StringBuilder(word.length());
    word.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
