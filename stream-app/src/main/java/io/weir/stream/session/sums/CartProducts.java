package io.weir.stream.session.sums;

import static java.util.Objects.requireNonNullElse;

import io.weir.contract.avro.CartProduct;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.CartLine;
import io.weir.stream.session.touch.Touch;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was put into the cart of a session less what was taken out, by product. The first products
 * in the order of their ids are named, and of each the first currencies: as ads in {@link
 * AdClicks}, so that the result is the same in any order.
 */
final class CartProducts {
  static final int MOST = 100;
  static final int MOST_CURRENCIES = 4;
  static final String OTHER = "(other)";

  private final NavigableMap<String, Left> products = new TreeMap<>();

  /** The products that are not named. */
  private final Left other = new Left();

  private static final class Left {
    private long quantity;

    /** The first in the order of the alphabet that an event names; empty for none. */
    private String category = "";

    private final NavigableMap<String, BigInteger> values = new TreeMap<>();
    private BigInteger otherValue = BigInteger.ZERO;

    private void add(long pieces, String ofCategory) {
      quantity += pieces;
      if (category.isEmpty() || (!ofCategory.isEmpty() && ofCategory.compareTo(category) < 0)) {
        category = ofCategory;
      }
    }

    /** A currency stays, even when nothing of it is left: so the first ones are always the same. */
    private void add(String currency, BigInteger value) {
      if (currency.equals(OTHER)) {
        otherValue = otherValue.add(value);
        return;
      }
      values.merge(currency, value, BigInteger::add);
      if (values.size() > MOST_CURRENCIES) {
        otherValue = otherValue.add(values.pollLastEntry().getValue());
      }
    }

    private void addAll(Left others) {
      add(others.quantity, others.category);
      others.values.forEach(this::add);
      otherValue = otherValue.add(others.otherValue);
    }

    private Map<String, BigInteger> byCurrency() {
      var all = new HashMap<String, BigInteger>(values);
      if (otherValue.signum() != 0) {
        all.put(OTHER, otherValue);
      }
      return all;
    }

    private CartProduct row(String product) {
      Map<String, Long> left = CartValue.ofRow(byCurrency());
      return new CartProduct(product, category.isEmpty() ? null : category, quantity, left);
    }

    private void write(ByteWriter out) {
      out.signed(quantity);
      out.text(category);
      Map<String, BigInteger> all = byCurrency();
      out.varint(all.size());
      all.forEach((currency, value) -> {
        out.text(currency);
        out.signed(value);
      });
    }

    private void read(ByteReader in) {
      add(in.signed(), in.text());
      for (int left = in.varint(); left > 0; left--) {
        add(in.text(), in.signedOfAnySize());
      }
    }
  }

  /**
   * Adds an event of the cart.
   *
   * @param sign 1 for what is put in, -1 for what is taken out
   * @param currency empty for none
   */
  void add(Touch touch, int sign, String currency, Texts texts) {
    List<CartLine> lines = touch.sale.lines();
    for (int i = 0; i < lines.size(); i++) {
      CartLine line = lines.get(i);
      String product = requireNonNullElse(texts.text(touch.products[2 * i]), "");
      Left left = left(product);
      String category = requireNonNullElse(texts.text(touch.products[2 * i + 1]), "");
      left.add(sign * (long) line.quantity(), left == other ? "" : category);
      if (line.value() != 0) {
        left.add(currency, BigInteger.valueOf(sign * line.value()));
      }
      removeBeyondMost();
    }
  }

  private Left left(String product) {
    boolean isNamed = products.size() < MOST || product.compareTo(products.lastKey()) <= 0;
    return isNamed ? products.computeIfAbsent(product, _ -> new Left()) : other;
  }

  private void removeBeyondMost() {
    while (products.size() > MOST) {
      addToOther(products.pollLastEntry().getValue());
    }
  }

  private void addToOther(Left left) {
    other.addAll(left);
    other.category = "";
  }

  void addAll(CartProducts others) {
    others.products.forEach(
        (product, left) -> products.computeIfAbsent(product, _ -> new Left()).addAll(left));
    removeBeyondMost();
    addToOther(others.other);
  }

  /** What is left of each product; negative where more was taken out. */
  List<CartProduct> rows() {
    var rows = new ArrayList<CartProduct>(products.size());
    products.forEach((product, left) -> rows.add(left.row(product)));
    rows.add(other.row(OTHER));
    rows.removeIf(each -> each.getQuantity() == 0 && each.getValueE4().isEmpty());
    return rows;
  }

  void write(ByteWriter out) {
    out.varint(products.size());
    products.forEach((product, left) -> {
      out.text(product);
      left.write(out);
    });
    if (products.size() == MOST) {
      other.write(out);
    }
  }

  void read(ByteReader in) {
    for (int left = in.varint(); left > 0; left--) {
      String product = in.text();
      var read = new Left();
      read.read(in);
      products.put(product, read);
    }
    if (products.size() == MOST) {
      other.read(in);
    }
  }
}
