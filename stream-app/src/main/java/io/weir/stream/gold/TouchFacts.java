package io.weir.stream.gold;

import io.weir.stream.session.text.Context;
import io.weir.stream.session.text.Dictionary;
import io.weir.stream.session.touch.CartLine;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of the cells that {@link EventGold} has added for an event, read off its touch.
 *
 * @param isWhole whether a purchase counts as such here, and not by its order
 */
record TouchFacts(Touch touch, Dictionary texts, boolean isWhole) {

  /** Takes a part of a cell. */
  interface Cells {
    void add(Breakdown breakdown, String value, CellSums sums);
  }

  /**
   * Whether the event can be on both sides, and what it added is known. An earlier version kept
   * neither the names of custom types nor the quantities of products bought.
   */
  boolean isMovable() {
    boolean isKnown =
        switch (type()) {
          case OTHER -> touch.label != Touch.NONE;
          case PURCHASE -> !isWhole || 2 * touch.sale.lines().size() == touch.products.length;
          default -> true;
        };
    return isKnown && !context().isBot();
  }

  private TouchType type() {
    return TouchType.ofCode(touch.type);
  }

  private Context context() {
    return texts.context(touch.context);
  }

  void addTo(Cells cells) {
    CellSums sums = sums();
    for (Breakdown breakdown : EventGold.BREAKDOWNS) {
      cells.add(breakdown, GoldValue.of(value(breakdown)), sums);
    }
    // A search that an earlier version counted has no label, and is in no cell of terms.
    if (type() == TouchType.SEARCH && touch.label != Touch.NONE) {
      String term = GoldValue.of(texts.text(touch.label));
      cells.add(Breakdown.EVENTS_BY_SEARCH_TERM, term, sums);
    }
    for (int i = 0; i < touch.products.length; i += 2) {
      CellSums ofProduct = sums(i / 2);
      if (ofProduct != null) {
        String product = GoldValue.of(texts.text(touch.products[i]));
        cells.add(Breakdown.PRODUCTS_BY_PRODUCT, product, ofProduct);
        String category = GoldValue.of(texts.text(touch.products[i + 1]));
        cells.add(Breakdown.PRODUCTS_BY_CATEGORY, category, ofProduct);
      }
    }
  }

  private @Nullable String value(Breakdown breakdown) {
    return switch (breakdown) {
      case EVENTS -> "";
      case EVENTS_BY_TYPE -> {
        String text = type().text();
        yield text == null ? texts.text(touch.label) : text;
      }
      case EVENTS_BY_PAGE -> texts.text(touch.page);
      case EVENTS_BY_DEVICE -> texts.text(context().device());
      case EVENTS_BY_COUNTRY -> texts.text(context().country());
      case EVENTS_BY_CAMPAIGN -> texts.text(context().campaignName());
      case EVENTS_BY_SOURCE -> texts.text(context().campaignSource());
      case EVENTS_BY_APP -> texts.text(context().app());
      default -> throw new IllegalArgumentException(breakdown + " is not of events");
    };
  }

  private CellSums sums() {
    CellSums counts = Objects.requireNonNull(EventGold.COUNTS.get(type()));
    return switch (type()) {
      case PURCHASE ->
          isWhole
              ? counts.plus(
                  new CellSums().add(Measure.PURCHASES, 1).addRevenue(currency(), amount()))
              : counts;
      case REFUND -> counts.plus(new CellSums().addRefunded(currency(), amount()));
      default -> counts;
    };
  }

  private BigInteger amount() {
    return BigInteger.valueOf(touch.sale.amount());
  }

  private String currency() {
    return GoldCurrency.of(texts.text(touch.label));
  }

  private @Nullable CellSums sums(int line) {
    return switch (type()) {
      case PRODUCT_VIEW -> EventGold.VIEWED;
      case ADD_TO_CART -> EventGold.ADDED;
      case REMOVE_FROM_CART -> EventGold.REMOVED;
      case PURCHASE -> isWhole ? bought(touch.sale.lines().get(line)) : null;
      default -> null;
    };
  }

  private CellSums bought(CartLine line) {
    return new CellSums()
        .add(Measure.PURCHASES, 1)
        .add(Measure.QUANTITY, line.quantity())
        .addRevenue(
            currency(),
            BigInteger.valueOf(line.value()).multiply(BigInteger.valueOf(line.quantity())));
  }
}
