package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;

/** Multiplies price and quantity of each product that has a price, unless the result overflows. */
final class LineRevenue implements Enricher {
  @Override
  public boolean enrich(EnrichedEvent event) {
    boolean isChanged = false;
    for (Product product : event.getProducts()) {
      Long price = product.getPriceE4();
      if (price != null && Math.multiplyHigh(price, product.getQuantity()) == 0) {
        long revenue = price * product.getQuantity();
        product.setLineRevenueE4(revenue >= 0 ? revenue : null);
        isChanged = true;
      }
    }
    return isChanged;
  }
}
