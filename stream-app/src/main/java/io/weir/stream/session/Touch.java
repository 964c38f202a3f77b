package io.weir.stream.session;

import java.util.Comparator;
import java.util.List;

/**
 * One event as the visitor's state keeps it: a few numbers and references into the visitor's {@link
 * Texts} and contexts. Everything a session says follows from its touches in the order of {@link
 * #isBefore}.
 */
final class Touch {
  static final int NONE = -1;

  private static final int OWN_WEIGHT = 24;
  private static final int REVENUE_BYTES = 8;
  private static final int REFERENCE_BYTES = 3;

  final long time;
  final long idHash;
  final int type;
  final boolean isLate;
  final int page;
  final int context;
  final int user;
  final long revenue;
  final int currency;

  /** Pairs of product and category. */
  final int[] products;

  /** What it takes to keep, in bytes, its page and its products included: bounds sessions. */
  final int weight;

  /** What it takes encoded, in bytes, about; the texts and contexts it refers to left out. */
  int ownBytes() {
    return OWN_WEIGHT + (revenue == 0 ? 0 : REVENUE_BYTES) + REFERENCE_BYTES * products.length;
  }

  Touch(Builder builder, int weight) {
    this.weight = weight;
    this.time = builder.time;
    this.idHash = builder.idHash;
    this.type = builder.type;
    this.isLate = builder.isLate;
    this.page = builder.page;
    this.context = builder.context;
    this.user = builder.user;
    this.revenue = builder.revenue;
    this.currency = builder.currency;
    this.products = builder.products;
  }

  /** By event time; ties, which are normal, by the hash of the event id. */
  static final Comparator<Touch> ORDER =
      Comparator.<Touch>comparingLong(touch -> touch.time).thenComparingLong(touch -> touch.idHash);

  /** In that order. */
  boolean isBefore(Touch other) {
    return time < other.time || (time == other.time && idHash < other.idHash);
  }

  /** The same with what it refers to among another's texts and contexts. */
  Touch moved(Texts oldTexts, List<Context> oldContexts, VisitorState to) {
    Texts texts = to.texts;
    var moved = new Builder();
    moved.time = time;
    moved.idHash = idHash;
    moved.type = type;
    moved.isLate = isLate;
    moved.page = texts.intern(oldTexts.text(page));
    moved.context = to.intern(oldContexts.get(context).moved(oldTexts, texts));
    moved.user = texts.intern(oldTexts.text(user));
    moved.revenue = revenue;
    moved.currency = texts.intern(oldTexts.text(currency));
    if (products.length > 0) {
      moved.products = new int[products.length];
    }
    for (int i = 0; i < products.length; i++) {
      moved.products[i] = texts.intern(oldTexts.text(products[i]));
    }
    return moved.build(texts);
  }

  static final class Builder {
    static final int[] NO_PRODUCTS = {};

    long time;
    long idHash;
    int type;
    boolean isLate;
    int page = NONE;
    int context = NONE;
    int user = NONE;
    long revenue;
    int currency = NONE;
    int[] products = NO_PRODUCTS;

    Touch build(Texts texts) {
      int weight = OWN_WEIGHT + texts.bytes(page);
      for (int product : products) {
        weight += texts.bytes(product);
      }
      return new Touch(this, weight);
    }
  }
}
