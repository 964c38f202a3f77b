package io.weir.stream.processor.gold;

import io.weir.stream.gold.EventGold;
import io.weir.stream.gold.FoldedFacts;
import io.weir.stream.gold.PurchaseFacts;
import io.weir.stream.gold.SideGold;
import io.weir.stream.session.Folding;
import io.weir.stream.session.Moved;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.OrderNews;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.sums.Sales;
import io.weir.stream.session.text.Dictionary;
import io.weir.stream.session.touch.Touch;

/**
 * Moves the events of a session to the other side when it turns out to be a robot's, or no more.
 */
public record EventSides(SideGold gold, EventGold events, FactStore facts)
    implements TaskGold.SideMoves {

  @Override
  public void move(String visitor, Moved moved) {
    Dictionary texts = moved.state().live().dictionary();
    Orders orders = moved.state().orders();
    for (Touch touch : moved.touches()) {
      gold.move(touch, texts, isWhole(touch, orders), moved.isToRobots());
    }
    for (OrderNews.Purchase purchase : moved.purchases()) {
      move(visitor, purchase, moved.isToRobots());
    }
    for (Fold fold : moved.folds()) {
      FoldedFacts before = facts.folded(fold.first(), visitor);
      if (before != null) {
        facts.put(fold.first(), visitor, gold.move(before, moved.isToRobots()));
      }
    }
  }

  /** A purchase of an order that is remembered counts by its own facts. */
  private static boolean isWhole(Touch touch, Orders orders) {
    return !Sales.isOfOrder(touch) || !orders.isRemembered(touch);
  }

  private void move(String visitor, OrderNews.Purchase purchase, boolean isToRobots) {
    PurchaseFacts before = facts.get(purchase, visitor);
    if (before != null && !before.isAgents() && before.isBot() != isToRobots) {
      facts.put(purchase, visitor, events.move(before, purchase.time()));
    }
  }

  @Override
  public void fold(String visitor, Folding folding) {
    var folded = new FoldedFacts();
    for (Fold fold : folding.before()) {
      FoldedFacts before = facts.folded(fold.first(), visitor);
      if (before != null) {
        folded.addAll(before);
        facts.put(fold.first(), visitor, null);
      }
    }
    Dictionary texts = folding.state().live().dictionary();
    Orders orders = folding.state().orders();
    for (Touch touch : folding.touches()) {
      boolean isRobots = folding.state().emissions().isRobotAt(touch.time);
      gold.fold(folded, touch, texts, isWhole(touch, orders), isRobots);
    }
    facts.put(folding.first(), visitor, folded);
  }
}
