package io.weir.lake.gold;

import io.weir.contract.avro.CartProduct;
import java.util.List;
import java.util.StringJoiner;

/** The products in the cart of a session as gold shows them. */
final class GoldCarts {
  private GoldCarts() {}

  /**
   * A JSON array, e.g. {@code [{"product":"p1","category":"shoes","quantity":2,
   * "value":{"EUR":12.5000}}]}.
   */
  static String json(List<CartProduct> products) {
    var json = new StringJoiner(",", "[", "]");
    for (CartProduct each : products) {
      String category = each.getCategory();
      json.add(
          "{\"product\":\"%s\",\"category\":%s,\"quantity\":%d,\"value\":%s}"
              .formatted(
                  GoldRevenue.escaped(each.getProductId()),
                  category == null ? "null" : '"' + GoldRevenue.escaped(category) + '"',
                  each.getQuantity(),
                  GoldRevenue.json(each.getValueE4())));
    }
    return json.toString();
  }
}
