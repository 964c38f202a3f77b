package io.weir.stream.enrich;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class of a foreign site by its host name: from the lists that are shipped, else from the
 * words in its labels.
 */
final class SiteClasses {
  private static final String OTHER = "other";

  private static final String SEARCH = "search";

  private static final List<String> CLASSES =
      List.of(OTHER, SEARCH, "social", "email", "paid", "ai");

  private final Map<String, String> byDomain = new HashMap<>();
  private final LabelWords subDomainWords;
  private final LabelWords nameWords;
  private final int mostLabels;

  SiteClasses() {
    Site.load();
    for (String engine : Lists.read("search-engines.txt").section(SEARCH)) {
      byDomain.put(engine, SEARCH);
    }
    Lists own = Lists.read("referrers.txt");
    for (String kind : CLASSES) {
      own.section(kind).forEach(domain -> byDomain.put(domain, kind));
    }
    subDomainWords = new LabelWords(own.section("sub-domain-words"));
    nameWords = new LabelWords(own.section("name-words"));
    mostLabels = byDomain.keySet().stream().mapToInt(SiteClasses::labels).max().orElse(0);
  }

  private static int labels(String domain) {
    return domain.split("\\.", -1).length;
  }

  /** The class of a host, found in time proportional to its length, whatever its labels are. */
  String of(String host) {
    int suffix = Site.suffixStart(host);
    int name = Site.nameStart(host, suffix);
    String kind = ofLongest(host, suffix, name);
    if (kind == null) {
      kind = ofSubDomains(host, name);
    }
    if (kind == null) {
      kind = listed(host, name, suffix);
    }
    if (kind == null) {
      kind = nameWords.kindOf(host, name, suffix == host.length() ? suffix : suffix - 1);
    }
    return kind == null ? OTHER : kind;
  }

  /**
   * The class of the longest listed domain that is longer than the site's own. No more labels are
   * looked at than the longest entry of the lists has.
   */
  private @Nullable String ofLongest(String host, int suffix, int name) {
    String longest = null;
    int from = name;
    for (int labels = 1; from > 0 && labels < mostLabels; labels++) {
      from = host.lastIndexOf('.', from - 2) + 1;
      String kind = listed(host, from, suffix);
      if (kind != null) {
        longest = kind;
      }
    }
    return longest;
  }

  private @Nullable String listed(String host, int from, int suffix) {
    String kind = byDomain.get(host.substring(from));
    return kind != null ? kind : byDomain.get(host.substring(from, suffix) + "*");
  }

  /** The class by a label before the site's name, such as {@code webmail3.provider.example}. */
  private @Nullable String ofSubDomains(String host, int name) {
    int from = 0;
    while (from < name) {
      int to = host.indexOf('.', from);
      String kind = subDomainWords.kindOf(host, from, to);
      if (kind != null) {
        return kind;
      }
      from = to + 1;
    }
    return null;
  }
}
