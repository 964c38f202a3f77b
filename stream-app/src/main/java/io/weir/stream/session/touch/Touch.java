package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.text.Renumbering;
import io.weir.stream.session.text.Texts;
import java.util.Comparator;

/**
 * One event as the visitor's state keeps it: a few numbers and references into the visitor's {@link
 * Texts} and contexts. Everything a session says follows from its touches in the order of {@link
 * #isBefore}.
 */
public final class Touch {
  public static final int NONE = Texts.NONE;

  private static final int OWN_BYTES = 24;
  private static final int AMOUNT_BYTES = 8;
  private static final int REFERENCE_BYTES = 3;

  public final long time;
  public final long idHash;
  public final int type;
  public final boolean isLate;
  public final int page;
  public final int context;
  public final int user;

  /**
   * The currency of a sale or an event of the cart, the ad of an impression or a click, the term of
   * a search, the name of a type that is {@link TouchType#OTHER}.
   */
  public final int label;

  /** The amount of a purchase, a refund, an event of the cart or a product view, or none. */
  public final Sale sale;

  /** The goals that the event fulfils. */
  public final Marks marks;

  /** Pairs of product and category. */
  public final int[] products;

  /** The approximate number of encoded bytes, without the texts and contexts it refers to. */
  int ownBytes() {
    return OWN_BYTES
        + (sale.amount() == 0 ? 0 : AMOUNT_BYTES)
        + (sale.order() == Sale.NO_ORDER ? 0 : Long.BYTES)
        + marks.bytes()
        + CartLine.BYTES * sale.lines().size()
        + REFERENCE_BYTES * products.length;
  }

  Touch(Builder builder) {
    this.time = builder.time;
    this.idHash = builder.idHash;
    this.type = builder.type;
    this.isLate = builder.isLate;
    this.page = builder.page;
    this.context = builder.context;
    this.user = builder.user;
    this.label = builder.label;
    this.sale = builder.sale;
    this.marks = builder.marks;
    this.products = builder.products;
  }

  /** The event's part of a session's digest. */
  public long digest() {
    return Hash64.mix(idHash + Hash64.mix(time));
  }

  /** Orders by event time, then by the hash of the event id: equal times are normal. */
  static final Comparator<Touch> ORDER =
      Comparator.<Touch>comparingLong(touch -> touch.time).thenComparingLong(touch -> touch.idHash);

  /** Whether this touch comes before another in {@link #ORDER}. */
  boolean isBefore(Touch other) {
    return time < other.time || (time == other.time && idHash < other.idHash);
  }

  /** The same touch with the numbers of another dictionary. */
  Touch renumbered(Renumbering numbers) {
    var copy = new Builder();
    copy.time = time;
    copy.idHash = idHash;
    copy.type = type;
    copy.isLate = isLate;
    copy.page = numbers.text(page);
    copy.context = numbers.context(context);
    copy.user = numbers.text(user);
    copy.sale = sale;
    copy.marks = marks.renumbered(numbers);
    copy.label = numbers.text(label);
    if (products.length > 0) {
      copy.products = new int[products.length];
    }
    for (int i = 0; i < products.length; i++) {
      copy.products[i] = numbers.text(products[i]);
    }
    return copy.build();
  }

  /** The values from which a touch is built. */
  public static final class Builder {
    public static final int[] NO_PRODUCTS = {};

    public long time;
    public long idHash;
    public int type;
    public boolean isLate;
    public int page = NONE;
    public int context = NONE;
    public int user = NONE;
    public Sale sale = Sale.NONE;
    public Marks marks = Marks.NONE;
    public int label = NONE;
    public int[] products = NO_PRODUCTS;

    public Touch build() {
      return new Touch(this);
    }
  }
}
