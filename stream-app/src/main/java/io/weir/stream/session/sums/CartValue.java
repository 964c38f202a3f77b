package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The value of what was put into the cart, less that of what was taken out, by currency. */
public final class CartValue {
  private static final int ADD = TouchType.ADD_TO_CART.code();

  private final Map<String, Long> added = new TreeMap<>();
  private final Map<String, Long> removed = new TreeMap<>();

  /**
   * Adds an event of the cart.
   *
   * @param currency empty for none
   */
  public void add(Touch touch, String currency) {
    if (touch.sale.amount() != 0) {
      Map<String, Long> side = touch.type == ADD ? added : removed;
      side.merge(currency, touch.sale.amount(), PurchaseRevenue::plus);
    }
  }

  void addAll(CartValue others) {
    others.added.forEach((currency, e4) -> added.merge(currency, e4, PurchaseRevenue::plus));
    others.removed.forEach((currency, e4) -> removed.merge(currency, e4, PurchaseRevenue::plus));
  }

  /** Fills the column. A currency of which nothing is left is not in it. */
  public void fill(Session row) {
    var left = new HashMap<String, Long>(added);
    removed.forEach((currency, e4) -> left.merge(currency, -e4, Long::sum));
    left.values().removeIf(e4 -> e4 == 0);
    row.setCartValueE4(left);
  }

  void write(ByteWriter out) {
    write(added, out);
    write(removed, out);
  }

  private static void write(Map<String, Long> amounts, ByteWriter out) {
    out.varint(amounts.size());
    amounts.forEach((currency, e4) -> {
      out.text(currency);
      out.signed(e4);
    });
  }

  static CartValue read(ByteReader in) {
    var read = new CartValue();
    read(read.added, in);
    read(read.removed, in);
    return read;
  }

  private static void read(Map<String, Long> amounts, ByteReader in) {
    for (int left = in.varint(); left > 0; left--) {
      amounts.put(in.text(), in.signed());
    }
  }
}
