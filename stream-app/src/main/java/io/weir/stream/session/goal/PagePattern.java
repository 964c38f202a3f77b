package io.weir.stream.session.goal;

import java.util.Arrays;

/**
 * A pattern of pages: {@code *} stands for any text without a slash, {@code **} for any text. A
 * pattern that begins with a slash is one of paths, any other is one of domain and path.
 *
 * <p>It is a machine of as many states as the pattern has characters, and each character of the
 * page moves all states at once. So a page that a stranger made up costs its length times that of
 * the pattern, and never more.
 */
public final class PagePattern {
  /** The most characters of a pattern. */
  public static final int MOST = 256;

  private static final int WITHIN_SEGMENT = -1;
  private static final int ANYTHING = -2;

  /** The text before the first wildcard. Most pages differ there. */
  private final String prefix;

  /** Characters and wildcards behind it. */
  private final int[] steps;

  private final boolean isOfPath;

  private PagePattern(String prefix, int[] steps) {
    this.prefix = prefix;
    this.steps = steps;
    this.isOfPath = prefix.startsWith("/");
  }

  /** Reads a pattern. */
  public static PagePattern parse(String text) {
    if (text.isEmpty() || text.length() > MOST) {
      throw new IllegalArgumentException("page has 1 to " + MOST + " characters");
    }
    int wildcard = text.indexOf('*');
    int start = wildcard < 0 ? text.length() : wildcard;
    var steps = new int[text.length() - start];
    int size = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDouble = c == '*' && text.startsWith("**", i);
      steps[size++] = isDouble ? ANYTHING : c == '*' ? WITHIN_SEGMENT : c;
      i += isDouble ? 1 : 0;
    }
    return new PagePattern(text.substring(0, start), Arrays.copyOf(steps, size));
  }

  /** Whether a page, as gold names it, is one of the pattern. */
  public boolean matches(String page) {
    int from = isOfPath ? page.indexOf('/') : 0;
    return from >= 0
        && page.startsWith(prefix, from)
        && isMatchedFrom(from + prefix.length(), page);
  }

  private boolean isMatchedFrom(int from, String page) {
    if (steps.length == 0) {
      return from == page.length();
    }
    if (steps.length == 1 && steps[0] == ANYTHING) {
      return true;
    }
    var reached = new boolean[steps.length + 1];
    reached[0] = true;
    passWildcards(reached);
    for (int i = from; i < page.length(); i++) {
      if (!move(reached, page.charAt(i))) {
        return false;
      }
    }
    return reached[steps.length];
  }

  /** Moves all states over a character; false if none is left. */
  private boolean move(boolean[] reached, char c) {
    boolean isAlive = false;
    for (int i = steps.length; i >= 0; i--) {
      boolean stays = i < steps.length && reached[i] && isTakenByWildcard(steps[i], c);
      boolean comes = i > 0 && reached[i - 1] && steps[i - 1] == c;
      reached[i] = stays || comes;
      isAlive |= reached[i];
    }
    passWildcards(reached);
    return isAlive;
  }

  private static boolean isTakenByWildcard(int step, char c) {
    return step == ANYTHING || (step == WITHIN_SEGMENT && c != '/');
  }

  /** A wildcard may stand for no text at all. */
  private void passWildcards(boolean[] reached) {
    for (int i = 0; i < steps.length; i++) {
      reached[i + 1] |= reached[i] && steps[i] < 0;
    }
  }
}
