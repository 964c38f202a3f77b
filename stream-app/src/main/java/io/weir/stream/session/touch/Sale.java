package io.weir.stream.session.touch;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.Hash64;

/**
 * Amount and order of a purchase or a refund; the amount alone of an event of the cart.
 *
 * @param amount in ten-thousandths of the currency's unit
 * @param order a hash of app and order id; {@link #NO_ORDER} if the event has none
 */
public record Sale(long amount, long order) {
  static final Sale NONE = new Sale(0, Sale.NO_ORDER);

  public static final long NO_ORDER = 0;

  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int REFUND = TouchType.REFUND.code();
  private static final int ADD = TouchType.ADD_TO_CART.code();
  private static final int REMOVE = TouchType.REMOVE_FROM_CART.code();

  /** Whether events of a type have an amount and an order. */
  public static boolean isOf(int type) {
    return type == PURCHASE || type == REFUND;
  }

  /** Whether events of a type change the cart. */
  public static boolean isOfCart(int type) {
    return type == ADD || type == REMOVE;
  }

  /** The amount of an event of the cart. */
  public static Sale ofCart(long amount) {
    return amount <= 0 ? NONE : new Sale(amount, NO_ORDER);
  }

  /** The order of an event. Two apps may use the same ids. */
  public static long order(EnrichedEvent event) {
    String order = event.getOrderId();
    if (order == null || order.isEmpty()) {
      return NO_ORDER;
    }
    String app = event.getAppId();
    long hash = Hash64.of((app == null ? "" : app) + '\n' + order);
    return hash == NO_ORDER ? 1 : hash;
  }
}
