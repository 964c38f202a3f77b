package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The purchases and refunds of a session. Of several purchases with one order, the first counts:
 * that of the earliest time and, of equal times, of the smallest hash of the event id. It does not
 * count either if the visitor's {@link Orders} have an earlier one, in another session. Purchases
 * that do not count fulfil no goal.
 */
public final class Sales {
  /** The number of orders that are known apart. Of further ones, each purchase counts. */
  static final int MOST = 2_000;

  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int REFUND = TouchType.REFUND.code();

  /** What counts whatever comes later, by currency. */
  private final Map<String, Long> revenue = new TreeMap<>();

  private final Map<String, Long> refunded = new TreeMap<>();
  private final NavigableMap<Long, First> orders = new TreeMap<>();
  private int repeats;

  /** The goals of purchases of orders that are not known apart. */
  private GoalSums goals = new GoalSums();

  /** The first purchase of an order, with the goals that it fulfils. */
  private record First(long time, long idHash, long amount, String currency, List<String> goals) {
    private First with(List<String> fulfilled) {
      return new First(time, idHash, amount, currency, fulfilled);
    }

    private boolean repeats(long order, Orders visitors) {
      return visitors.isRepeat(order, time, idHash);
    }

    private boolean isBefore(First other) {
      return time < other.time || (time == other.time && idHash < other.idHash);
    }
  }

  /** Whether a touch is a purchase of an order. Its goals count here, and nowhere else. */
  public static boolean isOfOrder(Touch touch) {
    return touch.type == PURCHASE && touch.sale.order() != Sale.NO_ORDER;
  }

  void add(Touch touch, String currency) {
    add(touch, currency, List.of());
  }

  /**
   * Adds a purchase or a refund.
   *
   * @param currency empty for none
   * @param fulfilled the goals of the event, if it {@link #isOfOrder}
   */
  public void add(Touch touch, String currency, List<String> fulfilled) {
    if (touch.type == REFUND) {
      refunded.merge(currency, touch.sale.amount(), PurchaseRevenue::plus);
      return;
    }
    var purchase = new First(touch.time, touch.idHash, touch.sale.amount(), currency, fulfilled);
    if (touch.sale.order() == Sale.NO_ORDER) {
      count(purchase);
    } else {
      add(touch.sale.order(), purchase);
    }
  }

  private void add(long order, First purchase) {
    First known = orders.get(order);
    if (known != null) {
      repeats++;
      if (purchase.isBefore(known)) {
        orders.put(order, purchase);
      }
    } else {
      orders.put(order, purchase);
      if (orders.size() > MOST) {
        count(orders.pollLastEntry().getValue());
      }
    }
  }

  private void count(First purchase) {
    revenue.merge(purchase.currency, purchase.amount, PurchaseRevenue::plus);
    goals.add(purchase.goals, purchase.currency, purchase.amount);
  }

  void addAll(Sales others) {
    others.revenue.forEach(
        (currency, amount) -> revenue.merge(currency, amount, PurchaseRevenue::plus));
    others.refunded.forEach(
        (currency, amount) -> refunded.merge(currency, amount, PurchaseRevenue::plus));
    others.orders.forEach(this::add);
    repeats += others.repeats;
    goals.addAll(others.goals);
  }

  /**
   * Adds the goals of the purchases that count.
   *
   * @param visitors all orders of the visitor
   */
  public void addGoalsTo(GoalSums all, Orders visitors) {
    all.addAll(goals);
    orders.forEach((order, first) -> {
      if (!first.repeats(order, visitors)) {
        all.add(first.goals, first.currency, first.amount);
      }
    });
  }

  /**
   * Fills the columns. The row has the columns that follow from the counts already.
   *
   * @param visitors all orders of the visitor
   */
  public void fill(Session row, Orders visitors) {
    var all = new HashMap<String, Long>(revenue);
    int repeated = repeats;
    for (Map.Entry<Long, First> order : orders.entrySet()) {
      First first = order.getValue();
      if (first.repeats(order.getKey(), visitors)) {
        repeated++;
      } else {
        all.merge(first.currency, first.amount, PurchaseRevenue::plus);
      }
    }
    row.setRevenueE4(all);
    row.setRefundedE4(new HashMap<>(refunded));
    row.setPurchases(row.getPurchases() - repeated);
    row.setRepeatedPurchases(repeated);
    if (repeated > 0 && row.getPurchases() == 0) {
      row.setIsConverted(false);
      row.setIsCartAbandoned(row.getAddToCarts() > 0);
    }
  }

  void write(ByteWriter out) {
    write(revenue, out);
    write(refunded, out);
    out.varint(repeats);
    out.varint(orders.size());
    orders.forEach((order, first) -> {
      out.fixed(order);
      out.signed(first.time);
      out.fixed(first.idHash);
      out.signed(first.amount);
      out.text(first.currency);
    });
  }

  private static void write(Map<String, Long> amounts, ByteWriter out) {
    out.varint(amounts.size());
    amounts.forEach((currency, amount) -> {
      out.text(currency);
      out.signed(amount);
    });
  }

  private static void readInto(Map<String, Long> amounts, ByteReader in) {
    for (int left = in.varint(); left > 0; left--) {
      amounts.put(in.text(), in.signed());
    }
  }

  static Sales read(ByteReader in) {
    var read = new Sales();
    readInto(read.revenue, in);
    readInto(read.refunded, in);
    read.repeats = in.varint();
    for (int left = in.varint(); left > 0; left--) {
      read.orders.put(
          in.fixed(), new First(in.signed(), in.fixed(), in.signed(), in.text(), List.of()));
    }
    return read;
  }

  /** Writes what {@link #write} leaves out, because it was not there once. */
  void writeGoals(ByteWriter out) {
    goals.write(out);
    // Each name once: 2,000 orders may have 50 goals each.
    var names = new TreeMap<String, Integer>();
    orders.values().forEach(first -> first.goals.forEach(goal -> names.put(goal, 0)));
    out.varint(names.size());
    int number = 0;
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      out.text(name.getKey());
      name.setValue(number++);
    }
    for (First first : orders.values()) {
      out.varint(first.goals.size());
      first.goals.forEach(goal -> out.varint(names.getOrDefault(goal, 0)));
    }
  }

  void readGoals(ByteReader in) {
    goals = GoalSums.read(in);
    var names = new ArrayList<String>();
    for (int left = in.varint(); left > 0; left--) {
      names.add(in.text());
    }
    for (Map.Entry<Long, First> order : orders.entrySet()) {
      var fulfilled = new ArrayList<String>();
      for (int left = in.varint(); left > 0; left--) {
        fulfilled.add(names.get(in.varint()));
      }
      order.setValue(order.getValue().with(fulfilled));
    }
  }
}
