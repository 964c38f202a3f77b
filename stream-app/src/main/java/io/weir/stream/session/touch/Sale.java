package io.weir.stream.session.touch;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.Hash64;
import java.util.List;

/**
 * Amount and order of a purchase or a refund; the amount alone of an event of the cart; the price
 * of a product that was viewed.
 *
 * @param amount in ten-thousandths of the currency's unit
 * @param order a hash of app and order id; {@link #NO_ORDER} if the event has none
 * @param lines one for each product of a purchase or an event of the cart, in the same order; else
 *     none
 */
public record Sale(long amount, long order, List<CartLine> lines) {
  static final Sale NONE = new Sale(0, Sale.NO_ORDER);

  public static final long NO_ORDER = 0;

  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int REFUND = TouchType.REFUND.code();
  private static final int ADD = TouchType.ADD_TO_CART.code();
  private static final int REMOVE = TouchType.REMOVE_FROM_CART.code();

  /** The numbers of a purchase or a refund. */
  public Sale(long amount, long order) {
    this(amount, order, List.of());
  }

  /** Whether events of a type have an amount and an order. */
  public static boolean isOf(int type) {
    return type == PURCHASE || type == REFUND;
  }

  /** Whether events of a type change the cart. */
  public static boolean isOfCart(int type) {
    return type == ADD || type == REMOVE;
  }

  /** The numbers of an event of the cart. */
  public static Sale ofCart(long amount, List<CartLine> lines) {
    return amount <= 0 && lines.isEmpty() ? NONE : new Sale(Math.max(0, amount), NO_ORDER, lines);
  }

  /** The price of the first product of a view; a price of zero or less is none. */
  public static Sale ofView(EnrichedEvent event) {
    Long price = event.getProducts().isEmpty() ? null : event.getProducts().getFirst().getPriceE4();
    return price == null ? NONE : ofCart(price, List.of());
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
