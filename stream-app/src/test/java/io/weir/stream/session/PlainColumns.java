package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The columns of engagement and of the ordered funnel, computed from the events as they are
 * defined.
 *
 * @param funnelTimes of the steps that were reached
 */
record PlainColumns(
    long engagedMs, boolean isEngaged, boolean isSingleViewBounce, List<Long> funnelTimes) {
  private static final List<String> STEPS =
      List.of("product_view", "add_to_cart", "checkout", "purchase");
  private static final Set<String> PASSIVE =
      Set.of("page_view", "page_ping", "ad_impression", "identify");

  static PlainColumns of(List<EnrichedEvent> events) {
    long engaged =
        10_000 * times(events, "page_ping").map(time -> time / 10_000).distinct().count();
    long views = times(events, "page_view").count();
    boolean isConverted = times(events, "purchase").findAny().isPresent();
    return new PlainColumns(
        engaged,
        engaged >= 10_000 || views >= 2 || isConverted,
        views == 1 && events.stream().allMatch(event -> PASSIVE.contains(event.getEventType())),
        funnel(events));
  }

  private static List<Long> funnel(List<EnrichedEvent> events) {
    var reached = new ArrayList<Long>();
    for (String step : STEPS) {
      long earliest = reached.isEmpty() ? Long.MIN_VALUE : reached.getLast();
      var next = times(events, step).filter(time -> time >= earliest).min();
      if (next.isEmpty()) {
        break;
      }
      reached.add(next.getAsLong());
    }
    return reached;
  }

  private static LongStream times(List<EnrichedEvent> events, String type) {
    return events.stream()
        .filter(event -> event.getEventType().equals(type))
        .mapToLong(EnrichedEvent::getEventTime);
  }

  static PlainColumns of(Session session) {
    var reached = new ArrayList<Long>();
    reached.add(session.getFunnelViewTime());
    reached.add(session.getFunnelCartTime());
    reached.add(session.getFunnelCheckoutTime());
    reached.add(session.getFunnelPurchaseTime());
    return new PlainColumns(
        session.getEngagedMs(),
        session.getIsEngaged(),
        session.getIsSingleViewBounce(),
        List.copyOf(reached.subList(0, session.getFunnelStep())));
  }
}
