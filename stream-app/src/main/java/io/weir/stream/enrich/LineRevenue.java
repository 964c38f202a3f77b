package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;

/** Multiplies price and quantity of each product that has a price. Parsing has refused too much. */
final class LineRevenue implements Enricher {
  @Override
  public boolean enrich(EnrichedEvent event) {
    boolean isChanged = false;
    for (Product product : event.getProducts()) {
      Long price = product.getPriceE4();
      if (price != null) {
        product.setLineRevenueE4(price * product.getQuantity());
        isChanged = true;
      }
    }
    return isChanged;
  }
}
