package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the visit came from, by the referrer's domain. */
final class ReferrerClass implements Enricher {
  /** By the name of a site: the label before its public suffix. */
  private static final Map<String, String> SITES =
      Map.ofEntries(
          Map.entry("google", "search"),
          Map.entry("bing", "search"),
          Map.entry("duckduckgo", "search"),
          Map.entry("yahoo", "search"),
          Map.entry("ecosia", "search"),
          Map.entry("baidu", "search"),
          Map.entry("yandex", "search"),
          Map.entry("facebook", "social"),
          Map.entry("instagram", "social"),
          Map.entry("linkedin", "social"),
          Map.entry("reddit", "social"),
          Map.entry("pinterest", "social"),
          Map.entry("tiktok", "social"),
          Map.entry("twitter", "social"),
          Map.entry("youtube", "social"),
          Map.entry("chatgpt", "ai"),
          Map.entry("perplexity", "ai"));

  @Override
  public void enrich(EnrichedEvent event) {
    String domain = WebAddress.of(event.getReferrer()).domain();
    event.setReferrerDomain(domain);
    event.setReferrerClass(classify(event, domain));
  }

  private static String classify(EnrichedEvent event, @Nullable String domain) {
    String medium = event.getCampaignMedium();
    if (medium != null && (medium.equals("cpc") || medium.equals("ppc"))) {
      return "paid";
    }
    if (medium != null && medium.equals("email")) {
      return "email";
    }
    if (domain == null) {
      return "direct";
    }
    if (domain.equals(event.getUrlDomain())) {
      return "internal";
    }
    return classified(domain);
  }

  private static String classified(String domain) {
    int from = 0;
    while (from < domain.length()) {
      int dot = domain.indexOf('.', from);
      if (dot < 0) {
        break;
      }
      String found = SITES.get(domain.substring(from, dot));
      if (found != null) {
        return found;
      }
      from = dot + 1;
    }
    return "other";
  }
}
