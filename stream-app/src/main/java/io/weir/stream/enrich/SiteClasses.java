package io.weir.stream.enrich;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The class of a foreign site by its host name, from the list that is shipped. */
final class SiteClasses {
  static final String OTHER = "other";

  private static final List<String> CLASSES = List.of("search", "social", "email", "paid", "ai");

  private final Map<String, String> byDomain = new HashMap<>();
  private final Map<String, String> byFirstLabel = new LinkedHashMap<>();
  private final int mostLabels;

  SiteClasses() {
    Site.load();
    Lists lists = Lists.read("referrers.txt");
    for (String kind : CLASSES) {
      lists.section(kind).forEach(domain -> byDomain.put(domain, kind));
    }
    for (String rule : lists.section("first-labels")) {
      int colon = rule.indexOf(':');
      byFirstLabel.put(rule.substring(colon + 1), rule.substring(0, colon));
    }
    mostLabels = byDomain.keySet().stream().mapToInt(SiteClasses::labels).max().orElse(0);
  }

  private static int labels(String domain) {
    return domain.split("\\.", -1).length;
  }

  /** Costs time in proportion to the length of the host, whatever its labels are. */
  String of(String host) {
    int suffix = Site.suffixStart(host);
    int name = Site.nameStart(host, suffix);
    String listed = longestBefore(host, suffix, name);
    if (listed != null) {
      return listed;
    }
    String byLabel = byLabels(host, name);
    if (byLabel != null) {
      return byLabel;
    }
    listed = listed(host, name, suffix);
    return listed != null ? listed : byName(host, name, suffix);
  }

  /**
   * The longest listed domain that is longer than the registrable one. No more labels are looked at
   * than the longest entry of the list has.
   */
  private @Nullable String longestBefore(String host, int suffix, int name) {
    String longest = null;
    int from = name;
    for (int labels = 1; from > 0 && labels < mostLabels; labels++) {
      from = host.lastIndexOf('.', from - 2) + 1;
      String listed = listed(host, from, suffix);
      if (listed != null) {
        longest = listed;
      }
    }
    return longest;
  }

  private @Nullable String listed(String host, int from, int suffix) {
    String listed = byDomain.get(host.substring(from));
    return listed != null ? listed : byDomain.get(host.substring(from, suffix) + "*");
  }

  /** What the labels before the site's name say: {@code webmail3.provider.example}. */
  private @Nullable String byLabels(String host, int name) {
    for (int from = 0; from < name; from = host.indexOf('.', from) + 1) {
      for (Map.Entry<String, String> rule : byFirstLabel.entrySet()) {
        if (host.startsWith(rule.getKey(), from)) {
          return rule.getValue();
        }
      }
    }
    return null;
  }

  /** A site that calls itself a search. */
  private static String byName(String host, int name, int suffix) {
    int end = Math.max(name, suffix - 1);
    boolean isSearch =
        host.startsWith("search", name) || host.substring(name, end).endsWith("search");
    return isSearch ? "search" : OTHER;
  }
}
