package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the campaign from {@code utm_*} in the URL if the event itself names none, and the click id
 * of the advertiser. A click id that only paid clicks carry sets source and medium if nothing else
 * does.
 */
final class CampaignParameters implements Enricher {
  private static final int LIMIT = 255;

  /** The most characters that are decoded: an escaped byte takes three of them. */
  private static final int RAW_LIMIT = 3 * LIMIT;

  private static final String PAID_CLICK = "cpc";

  @Override
  public boolean enrich(EnrichedEvent event) {
    String query = event.getUrlQuery();
    if (query == null) {
      return false;
    }
    boolean isNamed = event.getCampaignSource() != null || event.getCampaignName() != null;
    boolean isChanged = false;
    int from = 0;
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from, end);
      if (equals > from && equals < end - 1) {
        String name = query.substring(from, equals);
        isChanged |=
            name.startsWith("utm_")
                ? !isNamed && setUtm(event, name, query, equals + 1, end)
                : setClickId(event, name, query, equals + 1, end);
      }
      from = end + 1;
    }
    return isChanged;
  }

  private static boolean setUtm(EnrichedEvent event, String name, String query, int from, int end) {
    switch (name) {
      case "utm_source" -> event.setCampaignSource(decoded(query, from, end));
      case "utm_medium" -> event.setCampaignMedium(decoded(query, from, end));
      case "utm_campaign" -> event.setCampaignName(decoded(query, from, end));
      case "utm_term" -> event.setCampaignTerm(decoded(query, from, end));
      case "utm_content" -> event.setCampaignContent(decoded(query, from, end));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean setClickId(
      EnrichedEvent event, String name, String query, int from, int end) {
    String paidSource =
        switch (name) {
          case "gclid", "gbraid", "wbraid", "dclid" -> "google";
          case "msclkid" -> "bing";
          case "ttclid" -> "tiktok";
          case "twclid" -> "twitter";
          case "li_fat_id" -> "linkedin";
          case "yclid" -> "yandex";
          // These ids also mark unpaid clicks.
          case "fbclid", "igshid", "mc_eid" -> "";
          default -> null;
        };
    if (paidSource == null || event.getCampaignClickId() != null) {
      return false;
    }
    event.setCampaignClickId(decoded(query, from, end));
    if (!paidSource.isEmpty() && event.getCampaignSource() == null && !query.contains("utm_")) {
      event.setCampaignSource(paidSource);
      event.setCampaignMedium(PAID_CLICK);
    }
    return true;
  }

  private static String decoded(String query, int from, int end) {
    String raw = query.substring(from, Math.min(end, from + RAW_LIMIT));
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return limited(raw);
    }
    try {
      return limited(URLDecoder.decode(raw, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // The text has a stray percent sign, so it stays as it was sent.
      return limited(raw);
    }
  }

  private static String limited(String text) {
    if (text.length() <= LIMIT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
    return text.substring(0, end);
  }
}
