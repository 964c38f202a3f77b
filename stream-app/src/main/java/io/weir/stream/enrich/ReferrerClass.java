package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the origin of a visit: internal, paid, email, social, search, ai, other or direct. The
 * campaign's medium counts more than a foreign site.
 */
final class ReferrerClass implements Enricher {
  /** The bound of each cache: enough for 10,000 hosts of usual length at least. */
  private static final long REMEMBERED_BYTES = 8_000_000;

  private static final String APP = "android-app:";

  private final SiteClasses sites = new SiteClasses();
  private final BoundedCache<String> classes =
      new BoundedCache<>(REMEMBERED_BYTES, _ -> 0, sites::of);
  private final BoundedCache<String> owners =
      new BoundedCache<>(REMEMBERED_BYTES, String::length, Site::registrable);
  private final List<String> ownDomains;

  ReferrerClass(List<String> ownDomains) {
    this.ownDomains = List.copyOf(ownDomains);
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    String referrer = event.getReferrer();
    String domain = WebAddress.of(referrer).domain();
    event.setReferrerDomain(domain);
    event.setReferrerClass(classify(event, referrer, domain));
    return true;
  }

  private String classify(EnrichedEvent event, @Nullable String referrer, @Nullable String domain) {
    if (domain != null && isInternal(domain, event.getUrlDomain())) {
      return "internal";
    }
    String byMedium = byMedium(event.getCampaignMedium());
    if (byMedium != null) {
      return byMedium;
    }
    return referrer == null || domain == null ? "direct" : ofSite(referrer, domain);
  }

  private String ofSite(String referrer, String domain) {
    return classes.get(referrer.startsWith(APP) ? backwards(domain) : domain);
  }

  private boolean isInternal(String domain, @Nullable String page) {
    for (int i = 0; i < ownDomains.size(); i++) {
      if (Site.isWithin(domain, ownDomains.get(i))) {
        return true;
      }
    }
    return page != null && (domain.equals(page) || haveOneOwner(domain, page));
  }

  private boolean haveOneOwner(String domain, String page) {
    return owners.get(domain).equals(owners.get(page));
  }

  /** The site of an app. Android names an app by its maker's domain, read backwards. */
  private static String backwards(String domain) {
    List<String> labels = Arrays.asList(domain.split("\\.", -1));
    return String.join(".", labels.reversed());
  }

  /** The bytes of all hosts that are remembered. */
  long rememberedBytes() {
    return classes.bytes() + owners.bytes();
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
