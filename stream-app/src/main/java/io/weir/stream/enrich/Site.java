package io.weir.stream.enrich;

/**
 * A host name seen as labels, a name and a public suffix. Without the whole list of suffixes: a
 * country's second level is taken for part of it when it is one of the usual ones ({@code co.uk},
 * {@code com.br}).
 */
final class Site {
  private static final String SECOND_LEVELS =
      " ac co com edu go gob gov gub ltd me ne net nom or org ";

  private Site() {}

  /** Where the public suffix begins, its dot not counted; the length of the host if it has none. */
  static int suffixStart(String host) {
    int last = host.lastIndexOf('.');
    if (last <= 0) {
      return host.length();
    }
    int second = host.lastIndexOf('.', last - 1);
    boolean isCountry = host.length() - last == 3;
    if (second > 0 && isCountry && isSecondLevel(host.substring(second + 1, last))) {
      return second + 1;
    }
    return last + 1;
  }

  private static boolean isSecondLevel(String label) {
    return SECOND_LEVELS.contains(" " + label + " ");
  }

  /** The part that someone registered: {@code shop.co.uk} of {@code www.shop.co.uk}. */
  static String registrable(String host) {
    char last = host.isEmpty() ? '.' : host.charAt(host.length() - 1);
    boolean isNumber = (last >= '0' && last <= '9') || last == ']';
    return isNumber ? host : host.substring(nameStart(host, suffixStart(host)));
  }

  /** Where the label before the suffix begins. */
  static int nameStart(String host, int suffix) {
    return suffix < 2 ? 0 : host.lastIndexOf('.', suffix - 2) + 1;
  }

  /** Whether the host is the domain or one of its sub-domains. */
  static boolean isWithin(String host, String domain) {
    if (!host.endsWith(domain)) {
      return false;
    }
    int rest = host.length() - domain.length();
    return rest == 0 || host.charAt(rest - 1) == '.';
  }
}
