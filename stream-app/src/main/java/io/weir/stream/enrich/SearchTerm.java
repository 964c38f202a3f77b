package io.weir.stream.enrich;

import io.weir.contract.CleanTerm;
import io.weir.contract.avro.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The term of a search: the property {@code search_term}, else a parameter of the page's URL. A
 * search without either has the empty term; an event that is no search has none.
 */
final class SearchTerm implements Enricher {
  private static final String SEARCH = "search";
  private static final String PROPERTY = "search_term";

  /** The parameters that name a term, the first ones first. */
  private static final List<String> PARAMETERS = List.of("q", "s", "search", "query", "keyword");

  private static final int LONGEST_NAME = 7;
  private static final int ESCAPE = 3;

  @Override
  public boolean enrich(EnrichedEvent event) {
    if (!SEARCH.equals(event.getEventType())) {
      return false;
    }
    String property = event.getProperties().get(PROPERTY);
    String term = property == null ? "" : CleanTerm.of(property);
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
        String candidate = CleanTerm.of(decoded(value));
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
}
