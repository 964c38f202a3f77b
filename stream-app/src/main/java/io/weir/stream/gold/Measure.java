package io.weir.stream.gold;

import io.weir.contract.avro.GoldCell;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;

/**
 * A whole number of a {@link GoldCell} that is a sum. Their order is stored with the facts of
 * sessions: a new one goes to the end.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum Measure {
  SESSIONS(GoldCell::getSessions, GoldCell::setSessions),
  CONVERTED_SESSIONS(GoldCell::getConvertedSessions, GoldCell::setConvertedSessions),
  BOUNCED_SESSIONS(GoldCell::getBouncedSessions, GoldCell::setBouncedSessions),
  CART_SESSIONS(GoldCell::getCartSessions, GoldCell::setCartSessions),
  CHECKOUT_SESSIONS(GoldCell::getCheckoutSessions, GoldCell::setCheckoutSessions),
  ABANDONED_SESSIONS(GoldCell::getAbandonedSessions, GoldCell::setAbandonedSessions),
  DURATION_MS(GoldCell::getDurationMs, GoldCell::setDurationMs),
  EVENTS(GoldCell::getEvents, GoldCell::setEvents),
  PAGE_VIEWS(GoldCell::getPageViews, GoldCell::setPageViews),
  PRODUCT_VIEWS(GoldCell::getProductViews, GoldCell::setProductViews),
  SEARCHES(GoldCell::getSearches, GoldCell::setSearches),
  AD_IMPRESSIONS(GoldCell::getAdImpressions, GoldCell::setAdImpressions),
  AD_CLICKS(GoldCell::getAdClicks, GoldCell::setAdClicks),
  ADD_TO_CARTS(GoldCell::getAddToCarts, GoldCell::setAddToCarts),
  REMOVE_FROM_CARTS(GoldCell::getRemoveFromCarts, GoldCell::setRemoveFromCarts),
  CHECKOUTS(GoldCell::getCheckouts, GoldCell::setCheckouts),
  PURCHASES(GoldCell::getPurchases, GoldCell::setPurchases),
  LATE_EVENTS(GoldCell::getLateEvents, GoldCell::setLateEvents),
  QUANTITY(GoldCell::getQuantity, GoldCell::setQuantity),
  VISITORS(GoldCell::getVisitors, GoldCell::setVisitors),
  MATCHED_CLICKS(GoldCell::getMatchedClicks, GoldCell::setMatchedClicks),
  REFUNDS(GoldCell::getRefunds, GoldCell::setRefunds),
  GOAL_EVENTS(GoldCell::getGoalEvents, GoldCell::setGoalEvents),
  GOAL_SESSIONS(GoldCell::getGoalSessions, GoldCell::setGoalSessions);

  /** All measures, by place. */
  static final List<Measure> ALL = List.of(values());

  private final ToLongFunction<GoldCell> read;
  private final ObjLongConsumer<GoldCell> write;

  Measure(ToLongFunction<GoldCell> read, ObjLongConsumer<GoldCell> write) {
    this.read = read;
    this.write = write;
  }

  /** The place among all measures; there are fewer than an int has bits. */
  @SuppressWarnings("EnumOrdinal")
  int place() {
    return ordinal();
  }

  /** The number in a cell. */
  public long of(GoldCell cell) {
    return read.applyAsLong(cell);
  }

  /** Sets the number in a cell. */
  void set(GoldCell cell, long value) {
    write.accept(cell, value);
  }

  /** The name of the field in the cell, and of the column in SQL. */
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
