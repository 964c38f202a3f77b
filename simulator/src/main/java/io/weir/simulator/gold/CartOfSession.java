package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session puts into the cart less what it takes out. Events of the cart name no currency.
 */
final class CartOfSession {
  /** What is left of a product. */
  static final class Left {
    long quantity;
    long cents;
    String category = "";
  }

  final Map<String, Left> products = new TreeMap<>();
  private long cents;

  CartOfSession(List<Deed> session) {
    for (Deed deed : session) {
      if (deed.type() == EventType.ADD_TO_CART) {
        add(deed, 1);
      } else if (deed.type() == EventType.REMOVE_FROM_CART) {
        add(deed, -1);
      }
    }
  }

  private void add(Deed deed, int sign) {
    cents += sign * deed.amount();
    for (Deed.Line line : deed.lines()) {
      Left left = products.computeIfAbsent(line.product(), _ -> new Left());
      left.quantity += sign * (long) line.quantity();
      left.cents += sign * line.cents() * line.quantity();
      left.category = line.category();
    }
  }

  /** The value; negative if more was taken out. */
  TrueAmounts value() {
    return cents == 0 ? new TrueAmounts() : new TrueAmounts().add("", cents);
  }
}
