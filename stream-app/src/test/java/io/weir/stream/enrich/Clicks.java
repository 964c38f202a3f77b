package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.testkit.TestEvents;

/** Events as the parser hands them on. */
final class Clicks {
  private Clicks() {}

  static EnrichedEvent empty() {
    return TestEvents.accepted("e1", "page_view");
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
