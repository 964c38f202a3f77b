package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.List;
import java.util.Map;

/** Events as the parser hands them on. */
final class Clicks {
  private Clicks() {}

  static EnrichedEvent empty() {
    var event = new EnrichedEvent();
    event.setEventId("e1");
    event.setEventType("page_view");
    event.setVisitorId("visitor");
    event.setProducts(List.of());
    event.setProperties(Map.of());
    event.setExtras(Map.of());
    return event;
  }

  static EnrichedEvent withAgent(String agent) {
    EnrichedEvent event = empty();
    event.setUserAgent(agent);
    return event;
  }

  static EnrichedEvent withAddress(String address) {
    EnrichedEvent event = empty();
    event.setIpAddress(address);
    return event;
  }

  static EnrichedEvent withUrl(String url) {
    EnrichedEvent event = empty();
    event.setUrl(url);
    new UrlParts().enrich(event);
    return event;
  }
}
