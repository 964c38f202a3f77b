package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The campaign from {@code utm_*} and click ids in the URL, where the event names none itself. */
final class UtmCampaign implements Enricher {
  private static final int LIMIT = 255;

  @Override
  public void enrich(EnrichedEvent event) {
    String query = event.getUrlQuery();
    if (query == null || event.getCampaignSource() != null || event.getCampaignName() != null) {
      return;
    }
    int from = 0;
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from);
      if (equals > from && equals < end) {
        set(event, query.substring(from, equals), query, equals + 1, end);
      }
      from = end + 1;
    }
  }

  private static void set(EnrichedEvent event, String name, String query, int from, int end) {
    switch (name) {
      case "utm_source" -> event.setCampaignSource(decoded(query, from, end));
      case "utm_medium" -> event.setCampaignMedium(decoded(query, from, end));
      case "utm_campaign" -> event.setCampaignName(decoded(query, from, end));
      case "utm_term" -> event.setCampaignTerm(decoded(query, from, end));
      case "utm_content" -> event.setCampaignContent(decoded(query, from, end));
      case "gclid", "fbclid", "msclkid", "ttclid" ->
          event.setCampaignClickId(decoded(query, from, end));
      default -> {
        // Other parameters are the page's own.
      }
    }
  }

  private static String decoded(String query, int from, int end) {
    String raw = query.substring(from, Math.min(end, from + LIMIT));
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return raw;
    }
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A stray percent sign: what was sent is the best that is known.
      return raw;
    }
  }
}
