package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.touch.Touch;
import java.util.ArrayList;
import java.util.List;

/**
 * The orders of a visitor, and the purchase of each that counts: that of the earliest time and, of
 * equal times, of the smallest hash of the event id. The others repeat it, in any session.
 *
 * <p>Two purchases of an order that lie further apart than the orders are remembered are two
 * orders, unless further purchases lie between them. So what counts follows from the times of the
 * purchases alone, and not from their order of arrival.
 */
public final class Orders {
  /** The number of orders that are known apart. Of further ones, each purchase counts. */
  static final int MOST = 500;

  private static final int BYTES = 3 * Long.BYTES;

  private final List<Order> items = new ArrayList<>(0);
  private OrderNews news = OrderNews.NONE;

  /**
   * Purchases of one order.
   *
   * @param order the hash of app and order id
   * @param first the purchase that counts
   * @param last the time of the last one
   */
  private record Order(long order, OrderNews.Purchase first, long last) {
    private boolean has(long hash, long time) {
      return order == hash && first.time() <= time && time <= last;
    }

    private boolean isNear(long hash, long time, long memory) {
      return order == hash && time >= first.time() - memory && time <= last + memory;
    }

    private Order with(Order other) {
      return new Order(
          order, first.isBefore(other.first) ? first : other.first, Math.max(last, other.last));
    }
  }

  /**
   * Adds a purchase that is {@link Sales#isOfOrder of an order}.
   *
   * @param memory how far apart two purchases of one order may lie, in milliseconds
   */
  public void add(Touch touch, long memory) {
    var purchase = new OrderNews.Purchase(touch.time, touch.idHash);
    var all = new Order(touch.sale.order(), purchase, touch.time);
    var before = new ArrayList<OrderNews.Purchase>(1);
    for (int i = items.size() - 1; i >= 0; i--) {
      Order known = items.get(i);
      if (known.isNear(all.order, touch.time, memory)) {
        before.add(known.first);
        all = all.with(known);
        items.remove(i);
      }
    }
    if (before.isEmpty() && items.size() >= MOST) {
      news = OrderNews.NONE;
      return;
    }
    items.add(all);
    before.remove(all.first);
    news = new OrderNews(purchase, !all.first.equals(purchase), List.copyOf(before));
  }

  /** What the purchase that was added last has changed. Not stored, and said once. */
  public OrderNews takeNews() {
    OrderNews last = news;
    news = OrderNews.NONE;
    return last;
  }

  /** Whether a purchase repeats an earlier one of its order. */
  boolean isRepeat(long order, long time, long idHash) {
    for (Order each : items) {
      if (each.has(order, time)) {
        return each.first.time() != time || each.first.idHash() != idHash;
      }
    }
    return false;
  }

  /** Whether a purchase is one of a remembered order, so that one of them counts for all. */
  public boolean isRemembered(Touch purchase) {
    for (Order each : items) {
      if (each.has(purchase.sale.order(), purchase.time)) {
        return true;
      }
    }
    return false;
  }

  /** The purchases that count. */
  public List<OrderNews.Purchase> counted() {
    return items.stream().map(Order::first).toList();
  }

  /** A digest of the purchases in a span that count. Another digest means another session row. */
  public long digest(long start, long end) {
    long digest = 0;
    for (Order each : items) {
      if (start <= each.first.time() && each.first.time() <= end) {
        digest += Hash64.mix(each.order + Hash64.mix(each.first.time() + each.first.idHash()));
      }
    }
    return digest;
  }

  /** Forgets the orders without a purchase since a time. */
  public void forgetBefore(long time) {
    items.removeIf(each -> each.last < time);
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** The time of the last purchase. */
  public long last() {
    long last = Long.MIN_VALUE;
    for (Order each : items) {
      last = Math.max(last, each.last);
    }
    return last;
  }

  /** The approximate number of encoded bytes. */
  public int bytes() {
    return BYTES * items.size();
  }

  /** Encodes the orders. */
  public void write(ByteWriter out) {
    out.varint(items.size());
    for (Order each : items) {
      out.fixed(each.order);
      out.fixed(each.first.idHash());
      out.signed(each.first.time());
      out.signed(each.last - each.first.time());
    }
  }

  /** Decodes the orders. */
  public static Orders read(ByteReader in) {
    var read = new Orders();
    for (int left = in.varint(); left > 0; left--) {
      long order = in.fixed();
      long idHash = in.fixed();
      long time = in.signed();
      read.items.add(new Order(order, new OrderNews.Purchase(time, idHash), time + in.signed()));
    }
    return read;
  }
}
