package io.weir.stream.processor.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.gold.EventGold;
import io.weir.stream.gold.PurchaseFacts;
import io.weir.stream.session.sums.OrderNews;

/** Adds purchases to the cells of events and products, each order of a visitor once. */
record PurchaseCells(EventGold events, FactStore facts) {
  /**
   * Adds an accepted event.
   *
   * @param isBot whether it counts among robots
   * @param news about its order
   * @param floor facts of purchases before this time are deleted
   */
  void add(EnrichedEvent event, boolean isBot, OrderNews news, long floor) {
    OrderNews.Purchase purchase = news.purchase();
    if (purchase == null) {
      events.add(event, isBot);
      return;
    }
    String visitor = event.getVisitorId();
    news.repeats().forEach(each -> takeBack(each, visitor));
    if (news.isRepeat()) {
      events.addRepeated(event, isBot);
      return;
    }
    PurchaseFacts added = events.addFirst(event, isBot);
    // An event before the floor comes only after the rules of sessions were changed.
    if (purchase.time() >= floor) {
      facts.put(purchase, visitor, added);
    }
  }

  /** Adds an event that came too late for any session. It remembers no order. */
  void addLate(EnrichedEvent event) {
    events.addLate(event);
  }

  /** There is nothing to take back from purchases that an earlier version counted. */
  private void takeBack(OrderNews.Purchase purchase, String visitor) {
    PurchaseFacts added = facts.get(purchase, visitor);
    if (added != null) {
      events.takeBack(added, purchase.time());
      facts.put(purchase, visitor, null);
    }
  }
}
