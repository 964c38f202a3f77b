package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.stream.session.rules.SessionRules;
import io.weir.testkit.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Accepted events with what a test leaves out filled in. */
public final class Events {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final long T0 = NOON.toEpochMilli();

  public static final SessionRules RULES =
      SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24))
          .with(PlainGoals.GOALS);

  private Events() {}

  public static EnrichedEvent event(String id, String type, long time) {
    EnrichedEvent event = TestEvents.accepted(id, type);
    event.setEventTime(time);
    return event;
  }

  public static EnrichedEvent pageView(String id, long time) {
    EnrichedEvent event = event(id, "page_view", time);
    event.setUrlDomain("shop.example");
    event.setUrlPath("/" + id);
    return event;
  }

  /** A purchase of an order, in one of two apps by the parity of its revenue. */
  public static EnrichedEvent order(String id, long time, long revenueE4, @Nullable String order) {
    EnrichedEvent event = purchase(id, time, revenueE4);
    event.setOrderId(order);
    event.setAppId(revenueE4 % 2 == 0 ? "web" : null);
    return event;
  }

  public static EnrichedEvent refund(String id, long time, long refundedE4) {
    EnrichedEvent event = purchase(id, time, refundedE4);
    event.setEventType("refund");
    return event;
  }

  /** An impression or a click of an ad. */
  public static EnrichedEvent ad(String id, String type, long time, @Nullable String ad) {
    EnrichedEvent event = event(id, type, time);
    event.setAdId(ad);
    return event;
  }

  /** The same event on one of three pages, at one of three positions or none. */
  public static EnrichedEvent placed(EnrichedEvent event, Random random) {
    event.setUrlPath("/with-ads-" + random.nextInt(3));
    if (random.nextInt(4) > 0) {
      event.setProperties(Map.of("position", "slot " + random.nextInt(3)));
    }
    return event;
  }

  public static EnrichedEvent purchase(String id, long time, long revenueE4) {
    EnrichedEvent event = event(id, "purchase", time);
    var product = new Product();
    product.setProductId("p-" + id);
    product.setCategory("shoes");
    product.setQuantity(1);
    product.setLineRevenueE4(revenueE4);
    event.setProducts(List.of(product));
    event.setCurrency("EUR");
    return event;
  }
}
