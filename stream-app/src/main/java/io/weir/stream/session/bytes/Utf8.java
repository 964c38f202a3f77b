package io.weir.stream.session.bytes;

/** The number of bytes that texts take in UTF-8. */
public final class Utf8 {
  /** The most bytes of a {@code char}. A code point beyond 16 bits is two and takes four. */
  private static final int MOST = 3;

  private Utf8() {}

  public static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }

  public static boolean fits(String text, int bytes) {
    return text.length() * MOST <= bytes || length(text) <= bytes;
  }

  /** The longest prefix that takes at most this many bytes. */
  public static String prefix(String text, int bytes) {
    int left = bytes;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (left < 0) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }
}
