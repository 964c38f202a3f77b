package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes everything personal out of an event whose visitor refused analytics. What stays counts the
 * click, without saying whose it was.
 */
final class ConsentFilter implements Enricher {
  private final UnaryOperator<String> strangers;

  /** Creates a filter; {@code strangers} makes the ids of visitors who refused untraceable. */
  ConsentFilter(UnaryOperator<String> strangers) {
    this.strangers = strangers;
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    if (!Boolean.FALSE.equals(event.getConsentAnalytics())) {
      return false;
    }
    event.setVisitorId(strangers.apply(event.getVisitorId()));
    // Equal orders stay equal: a purchase that is sent again must not count again.
    String order = event.getOrderId();
    event.setOrderId(order == null ? null : strangers.apply("order " + order));
    forgetPerson(event);
    forgetPage(event);
    return true;
  }

  private static void forgetPerson(EnrichedEvent event) {
    event.setAnonymousId(null);
    event.setUserId(null);
    event.setClientSessionId(null);
    event.setIpAddress(null);
    event.setUserAgent(null);
    event.setBrowserVersion(null);
    event.setRegion(null);
    event.setCity(null);
  }

  private static void forgetPage(EnrichedEvent event) {
    event.setUrl(WebAddress.bare(event.getUrl()));
    event.setUrlQuery(null);
    event.setReferrer(WebAddress.bare(event.getReferrer()));
    event.setPageTitle(null);
    event.setCampaignTerm(null);
    event.setCampaignClickId(null);
    event.setSearchTerm(event.getSearchTerm() == null ? null : "");
    event.setProperties(Map.of());
    event.setExtras(Map.of());
  }

  @Override
  public boolean isProtective() {
    return true;
  }
}
