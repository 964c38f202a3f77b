package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import java.util.ArrayList;
import java.util.List;

/** The goals of the simulated shop: those that stream-app calls {@code demo}. */
final class DemoGoals {
  private static final long LARGE = 200_00;

  private DemoGoals() {}

  /** The goals that an event fulfils. */
  static List<String> of(Deed deed) {
    var goals = new ArrayList<String>();
    if (deed.type() == EventType.PAGE_VIEW && deed.page().startsWith("shop.example/guide/")) {
      goals.add("guide_read");
    }
    if (deed.type() == EventType.CHECKOUT) {
      goals.add("checkout_started");
    }
    if (deed.type() == EventType.PURCHASE && deed.cents() >= LARGE) {
      goals.add("large_order");
    }
    return goals;
  }

  /** The events and the value of all goals that an event fulfils. */
  static Sums sums(Deed deed) {
    var sums = new Sums();
    for (int left = of(deed).size(); left > 0; left--) {
      sums.addAll(one(deed));
    }
    return sums;
  }

  static Sums one(Deed deed) {
    var sums = new Sums().add(GoldNumber.GOAL_EVENTS, 1);
    if (deed.cents() > 0) {
      sums.goalValue.add(deed.person().currency(), deed.cents());
    }
    return sums;
  }
}
