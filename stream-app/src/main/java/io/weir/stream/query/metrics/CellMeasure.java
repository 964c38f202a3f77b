package io.weir.stream.query.metrics;

import io.weir.contract.avro.GoldCell;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A number of a cell that can be added up. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum CellMeasure {
  SESSIONS(GoldCell::getSessions),
  CONVERTED_SESSIONS(GoldCell::getConvertedSessions),
  BOUNCED_SESSIONS(GoldCell::getBouncedSessions),
  CART_SESSIONS(GoldCell::getCartSessions),
  CHECKOUT_SESSIONS(GoldCell::getCheckoutSessions),
  ABANDONED_SESSIONS(GoldCell::getAbandonedSessions),
  DURATION_MS(GoldCell::getDurationMs),
  EVENTS(GoldCell::getEvents),
  PAGE_VIEWS(GoldCell::getPageViews),
  PRODUCT_VIEWS(GoldCell::getProductViews),
  SEARCHES(GoldCell::getSearches),
  AD_IMPRESSIONS(GoldCell::getAdImpressions),
  AD_CLICKS(GoldCell::getAdClicks),
  ADD_TO_CARTS(GoldCell::getAddToCarts),
  REMOVE_FROM_CARTS(GoldCell::getRemoveFromCarts),
  CHECKOUTS(GoldCell::getCheckouts),
  PURCHASES(GoldCell::getPurchases),
  LATE_EVENTS(GoldCell::getLateEvents),
  QUANTITY(GoldCell::getQuantity);

  private final ToLongFunction<GoldCell> reader;

  CellMeasure(ToLongFunction<GoldCell> reader) {
    this.reader = reader;
  }

  long of(GoldCell cell) {
    return reader.applyAsLong(cell);
  }

  /** The name of the field in the cell, and of the column in SQL. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
