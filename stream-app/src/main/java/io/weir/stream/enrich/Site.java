package io.weir.stream.enrich;

import crawlercommons.domains.EffectiveTldFinder;
import crawlercommons.domains.EffectiveTldFinder.EffectiveTLD;
import org.jspecify.annotations.Nullable;

/**
 * A host name seen as labels, a name and a public suffix: {@code www}, {@code shop} and {@code
 * co.uk}. The suffixes are those of the public suffix list. Where the list has none, the last label
 * is the suffix, as the list's own rules say.
 */
final class Site {
  private Site() {}

  /** Reads the list, once for the whole process. */
  static void load() {
    if (!EffectiveTldFinder.getInstance().isConfigured()) {
      throw new IllegalStateException(
          "the program is incomplete: crawler-commons has no public suffix list");
    }
  }

  /** The index of the registry's suffix in a host; the host's length if there is none. */
  static int suffixStart(String host) {
    return start(host, EffectiveTldFinder.getEffectiveTLD(host, true));
  }

  /**
   * The part that one owner has: {@code shop.co.uk} of {@code www.shop.co.uk}. Suffixes under which
   * a company gives out names count too: {@code anna.github.io} and {@code bert.github.io} have
   * different owners. A host that is only a suffix or a number is its own owner.
   */
  static String registrable(String host) {
    int suffix = start(host, EffectiveTldFinder.getEffectiveTLD(host, false));
    return host.substring(nameStart(host, suffix));
  }

  private static int start(String host, @Nullable EffectiveTLD suffix) {
    if (suffix == null) {
      return isNumber(host) ? host.length() : orLength(host, host.lastIndexOf('.') + 1);
    }
    int start = host.length() - suffix.getDomain().length();
    // An exception of the list is not a suffix but a name right under one.
    return orLength(host, suffix.isException() ? host.indexOf('.', start) + 1 : start);
  }

  private static int orLength(String host, int start) {
    return start == 0 ? host.length() : start;
  }

  private static boolean isNumber(String host) {
    char last = host.isEmpty() ? '.' : host.charAt(host.length() - 1);
    return (last >= '0' && last <= '9') || last == ']';
  }

  /** The index of the label before the suffix; 0 if there is no suffix. */
  static int nameStart(String host, int suffix) {
    return suffix < 2 || suffix == host.length() ? 0 : host.lastIndexOf('.', suffix - 2) + 1;
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
