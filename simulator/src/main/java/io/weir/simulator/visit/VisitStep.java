package io.weir.simulator.visit;

/** A visitor's next step, in the order of the columns of {@link PageGraph}. */
enum VisitStep {
  HOME(EventType.PAGE_VIEW),
  CATEGORY(EventType.PAGE_VIEW),
  GUIDE(EventType.PAGE_VIEW),
  SEARCH(EventType.SEARCH),
  PRODUCT(EventType.PRODUCT_VIEW),
  STAY(EventType.PAGE_PING),
  SEE_AD(EventType.AD_IMPRESSION),
  CLICK_AD(EventType.AD_CLICK),
  ADD(EventType.ADD_TO_CART),
  REMOVE(EventType.REMOVE_FROM_CART),
  CHECKOUT(EventType.CHECKOUT),
  BUY(EventType.PURCHASE);

  static final VisitStep[] ALL = values();

  private final EventType type;

  VisitStep(EventType type) {
    this.type = type;
  }

  EventType type() {
    return type;
  }
}
