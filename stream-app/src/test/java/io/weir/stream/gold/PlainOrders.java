package io.weir.stream.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.Hash64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which purchases repeat an order, as it is defined: the one before it lies at most so far back.
 */
public final class PlainOrders {
  private PlainOrders() {}

  /** The purchases among the events that repeat an order of their visitor and app. */
  public static Set<EnrichedEvent> repeats(Collection<EnrichedEvent> events, Duration memory) {
    var orders = new HashMap<List<String>, List<EnrichedEvent>>();
    for (EnrichedEvent event : events) {
      String order = event.getOrderId();
      if (event.getEventType().equals("purchase") && order != null && !order.isEmpty()) {
        String app = event.getAppId() == null ? "" : event.getAppId();
        orders
            .computeIfAbsent(List.of(event.getVisitorId(), app, order), _ -> new ArrayList<>())
            .add(event);
      }
    }
    Set<EnrichedEvent> repeats = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map.Entry<List<String>, List<EnrichedEvent>> order : orders.entrySet()) {
      List<EnrichedEvent> purchases = order.getValue();
      purchases.sort(
          Comparator.comparingLong(EnrichedEvent::getEventTime)
              .thenComparingLong(each -> Hash64.of(each.getEventId())));
      for (int i = 1; i < purchases.size(); i++) {
        long pause = purchases.get(i).getEventTime() - purchases.get(i - 1).getEventTime();
        if (pause <= memory.toMillis()) {
          repeats.add(purchases.get(i));
        }
      }
    }
    return repeats;
  }
}
