package io.weir.simulator.visit;

import java.util.Locale;

/** The core event types of the contract. */
public enum EventType {
  PAGE_VIEW,
  PRODUCT_VIEW,
  ADD_TO_CART,
  PURCHASE,
  SEARCH,
  AD_IMPRESSION,
  AD_CLICK,
  REMOVE_FROM_CART,
  CHECKOUT,
  IDENTIFY,
  PAGE_PING,
  REFUND;

  /** The name on the wire. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
