package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the visit came from: internal, paid, email, social, search, ai, other or direct. What the
 * campaign says of itself counts more than the referring site.
 */
final class ReferrerClass implements Enricher {
  private static final int REMEMBERED = 20_000;

  private final SiteClasses sites = new SiteClasses();
  private final BoundedCache<String> classes = new BoundedCache<>(REMEMBERED, sites::of);
  private final List<String> ownDomains;

  ReferrerClass(List<String> ownDomains) {
    this.ownDomains = List.copyOf(ownDomains);
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    String domain = WebAddress.of(event.getReferrer()).domain();
    event.setReferrerDomain(domain);
    event.setReferrerClass(classify(event, domain));
    return true;
  }

  private String classify(EnrichedEvent event, @Nullable String domain) {
    if (domain != null && isInternal(domain, event.getUrlDomain())) {
      return "internal";
    }
    String byMedium = byMedium(event.getCampaignMedium());
    if (byMedium != null) {
      return byMedium;
    }
    return domain == null ? "direct" : classes.get(domain);
  }

  private boolean isInternal(String domain, @Nullable String page) {
    for (int i = 0; i < ownDomains.size(); i++) {
      if (Site.isWithin(domain, ownDomains.get(i))) {
        return true;
      }
    }
    return page != null && (domain.equals(page) || isSameSite(domain, page));
  }

  private static boolean isSameSite(String domain, String page) {
    String site = Site.registrable(page);
    return site.indexOf('.') > 0 && Site.isWithin(domain, site);
  }

  private static @Nullable String byMedium(@Nullable String medium) {
    if (medium == null) {
      return null;
    }
    return switch (medium.toLowerCase(Locale.ROOT)) {
      case "cpc", "ppc", "cpm", "cpv", "cpa", "cpl", "display", "banner", "retargeting" -> "paid";
      case "email", "e-mail", "e_mail", "mail", "newsletter" -> "email";
      case "social", "social-media", "social_media", "sm" -> "social";
      case String other when other.startsWith("paid") -> "paid";
      default -> null;
    };
  }
}
