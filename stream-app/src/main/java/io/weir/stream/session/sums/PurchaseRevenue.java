package io.weir.stream.session.sums;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;

/** The worth of a purchase: its priced products; without any, the event's value. */
public final class PurchaseRevenue {
  private PurchaseRevenue() {}

  public static long of(EnrichedEvent event) {
    long revenue = 0;
    boolean isPriced = false;
    for (Product product : event.getProducts()) {
      Long line = product.getLineRevenueE4();
      if (line != null) {
        isPriced = true;
        revenue = plus(revenue, line);
      }
    }
    Long value = event.getValueE4();
    return isPriced || value == null ? revenue : value;
  }

  /** The sum of two amounts that are not negative, at most {@link Long#MAX_VALUE}. */
  public static long plus(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
