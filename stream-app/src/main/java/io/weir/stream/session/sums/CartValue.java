package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of what was put into the cart, less that of what was taken out, by currency; and what
 * is left of each product.
 */
public final class CartValue {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int ADD = TouchType.ADD_TO_CART.code();

  private final Map<String, BigInteger> added = new TreeMap<>();
  private final Map<String, BigInteger> removed = new TreeMap<>();
  private final CartProducts products = new CartProducts();

  /**
   * Adds an event of the cart.
   *
   * @param texts has the currency, which the touch names, and the products
   */
  public void add(Touch touch, Texts texts) {
    String label = texts.text(touch.label);
    String currency = label == null ? "" : label;
    products.add(touch, touch.type == ADD ? 1 : -1, currency, texts);
    if (touch.sale.amount() != 0) {
      Map<String, BigInteger> side = touch.type == ADD ? added : removed;
      side.merge(currency, BigInteger.valueOf(touch.sale.amount()), BigInteger::add);
    }
  }

  void addAll(CartValue others) {
    others.added.forEach((currency, e4) -> added.merge(currency, e4, BigInteger::add));
    others.removed.forEach((currency, e4) -> removed.merge(currency, e4, BigInteger::add));
    products.addAll(others.products);
  }

  /** Fills the columns. A currency of which nothing is left is not in it. */
  public void fill(Session row) {
    var left = new HashMap<String, BigInteger>(added);
    removed.forEach((currency, e4) -> left.merge(currency, e4.negate(), BigInteger::add));
    row.setCartValueE4(ofRow(left));
    row.setCartProducts(products.rows());
  }

  /** The amounts that are not 0, as near as a long comes to them. */
  static Map<String, Long> ofRow(Map<String, BigInteger> amounts) {
    var ofRow = new HashMap<String, Long>();
    amounts.forEach((currency, e4) -> {
      if (e4.signum() != 0) {
        ofRow.put(currency, MOST.min(e4).max(LEAST).longValue());
      }
    });
    return ofRow;
  }

  void write(ByteWriter out) {
    write(added, out);
    write(removed, out);
  }

  void writeProducts(ByteWriter out) {
    products.write(out);
  }

  void readProducts(ByteReader in) {
    products.read(in);
  }

  private static void write(Map<String, BigInteger> amounts, ByteWriter out) {
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

  private static void read(Map<String, BigInteger> amounts, ByteReader in) {
    for (int left = in.varint(); left > 0; left--) {
      amounts.put(in.text(), in.signedOfAnySize());
    }
  }
}
