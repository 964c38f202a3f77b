package io.weir.testkit;

import io.weir.contract.avro.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Valid events, raw and accepted; a test changes what matters to it. */
public final class TestEvents {
  private TestEvents() {}

  /** The JSON of a raw page view, with the required fields only. */
  public static byte[] rawView(String visitor, String id, Instant time) {
    return """
    {"event_id":"%s","event_type":"page_view","event_time":"%s","anonymous_id":"%s"}\
    """
        .formatted(id, time, visitor)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** An event as the parser hands it on, with the required fields only. */
  public static EnrichedEvent accepted(String id, String type) {
    var event = new EnrichedEvent();
    event.setEventId(id);
    event.setEventType(type);
    event.setVisitorId("visitor");
    event.setProducts(List.of());
    event.setProperties(Map.of());
    event.setExtras(Map.of());
    return event;
  }
}
