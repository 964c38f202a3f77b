package io.weir.simulator.gold;

import java.util.Locale;

/** A number that is counted. */
enum GoldNumber {
  SESSIONS,
  CONVERTED_SESSIONS,
  BOUNCED_SESSIONS,
  CART_SESSIONS,
  CHECKOUT_SESSIONS,
  ABANDONED_SESSIONS,
  DURATION_MS,
  EVENTS,
  PAGE_VIEWS,
  PRODUCT_VIEWS,
  SEARCHES,
  AD_IMPRESSIONS,
  AD_CLICKS,
  ADD_TO_CARTS,
  REMOVE_FROM_CARTS,
  CHECKOUTS,
  PURCHASES,
  MATCHED_CLICKS,
  REFUNDS,
  GOAL_EVENTS,
  GOAL_SESSIONS,
  LATE_EVENTS,
  QUANTITY;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
