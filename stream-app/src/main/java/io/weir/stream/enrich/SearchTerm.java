package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The term of a search: the property {@code search_term}, else a parameter of the page's URL. A
 * search without either has the empty term; an event that is no search has none.
 */
final class SearchTerm implements Enricher {
  /** The most bytes of UTF-8 that a term takes. */
  static final int MOST_BYTES = 512;

  /** Stands for a word that may be an e-mail address. */
  static final String EMAIL = "(email)";

  private static final String SEARCH = "search";
  private static final String PROPERTY = "search_term";

  /** The parameters that name a term, the first ones first. */
  private static final List<String> PARAMETERS = List.of("q", "s", "search", "query", "keyword");

  private static final int LONGEST_NAME = 7;
  private static final int REPLACEMENT = 0xFFFD;
  private static final int ESCAPE = 3;

  @Override
  public boolean enrich(EnrichedEvent event) {
    if (!SEARCH.equals(event.getEventType())) {
      return false;
    }
    String property = event.getProperties().get(PROPERTY);
    String term = property == null ? "" : cleaned(property);
    if (term.isEmpty() && event.getUrlQuery() != null) {
      term = ofQuery(event.getUrlQuery());
    }
    event.setSearchTerm(term);
    return !term.isEmpty();
  }

  private static String ofQuery(String query) {
    String term = "";
    int best = PARAMETERS.size();
    int from = 0;
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int rank = rank(query, from, end);
      if (rank >= 0 && rank < best) {
        String value = query.substring(from + PARAMETERS.get(rank).length() + 1, end);
        String candidate = cleaned(decoded(value));
        if (!candidate.isEmpty()) {
          term = candidate;
          best = rank;
        }
      }
      from = end + 1;
    }
    return term;
  }

  /** The place of a parameter among those that name a term; -1 for another one. */
  private static int rank(String query, int from, int end) {
    int equals = query.indexOf('=', from, Math.min(end, from + LONGEST_NAME + 1));
    return equals < 0 ? -1 : PARAMETERS.indexOf(query.substring(from, equals));
  }

  /** Decodes what is escaped. A stray percent sign stays, bytes that are no UTF-8 are U+FFFD. */
  private static String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value.replace('+', ' ');
    }
    var text = new StringBuilder(value.length());
    var bytes = new byte[value.length() / ESCAPE];
    int at = 0;
    while (at < value.length()) {
      int count = 0;
      while (isEscape(value, at)) {
        bytes[count++] = (byte) HexFormat.fromHexDigits(value, at + 1, at + ESCAPE);
        at += ESCAPE;
      }
      if (count > 0) {
        text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      } else {
        char c = value.charAt(at++);
        text.append(c == '+' ? ' ' : c);
      }
    }
    return text.toString();
  }

  private static boolean isEscape(String value, int at) {
    return at + ESCAPE <= value.length()
        && value.charAt(at) == '%'
        && HexFormat.isHexDigit(value.charAt(at + 1))
        && HexFormat.isHexDigit(value.charAt(at + 2));
  }

  /** Lower case, one space between words, no e-mail address, at most {@link #MOST_BYTES}. */
  private static String cleaned(String text) {
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
