package io.weir.stream.gold;

import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.Session;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session without a purchase left in its cart: the session, the pieces of products, and
 * their value as revenue.
 */
final class CartFacts {
  private final SortedMap<Breakdown, SortedMap<String, CellSums>> parts;

  private CartFacts(SortedMap<Breakdown, SortedMap<String, CellSums>> parts) {
    this.parts = parts;
  }

  /** Adds the parts of a session with an add_to_cart and no purchase. */
  static void add(Session row, SortedMap<Breakdown, SortedMap<String, CellSums>> parts) {
    var facts = new CartFacts(parts);
    CellSums sums = facts.addProducts(row);
    sums.add(Measure.SESSIONS, 1);
    addValue(row.getCartValueE4(), sums);
    facts.add(Breakdown.CARTS, "", sums);
    facts.add(Breakdown.CARTS_BY_DEVICE, row.getDevice(), sums);
    facts.add(Breakdown.CARTS_BY_COUNTRY, row.getCountry(), sums);
    facts.add(Breakdown.CARTS_BY_CAMPAIGN, row.getCampaignName(), sums);
    facts.add(Breakdown.CARTS_BY_SOURCE, row.getCampaignSource(), sums);
    facts.add(Breakdown.CARTS_BY_APP, row.getAppId(), sums);
  }

  /** Adds each product that is left, and returns the pieces of all. */
  private CellSums addProducts(Session row) {
    var all = new CellSums();
    for (CartProduct each : row.getCartProducts()) {
      if (each.getQuantity() > 0) {
        var sums = new CellSums().add(Measure.QUANTITY, each.getQuantity());
        all.add(sums);
        addValue(each.getValueE4(), sums);
        addOnce(Breakdown.CARTS_BY_PRODUCT, each.getProductId(), sums);
        addOnce(Breakdown.CARTS_BY_CATEGORY, each.getCategory(), sums);
      }
    }
    return all;
  }

  /** Adds to a value, and counts the session for it once. */
  private void addOnce(Breakdown breakdown, @Nullable String text, CellSums sums) {
    CellSums had = add(breakdown, text, sums);
    had.add(Measure.SESSIONS, 1 - had.get(Measure.SESSIONS));
  }

  private CellSums add(Breakdown breakdown, @Nullable String text, CellSums sums) {
    CellSums had =
        parts
            .computeIfAbsent(breakdown, _ -> new TreeMap<>())
            .computeIfAbsent(GoldValue.of(text), _ -> new CellSums());
    had.add(sums);
    return had;
  }

  /** Adds what is above zero, by the first currencies in the order of the alphabet. */
  private static void addValue(Map<String, Long> left, CellSums sums) {
    Set<String> named = SessionFacts.named(left, Map.of());
    left.forEach((code, e4) -> {
      if (e4 > 0) {
        sums.addRevenue(named.contains(code) ? code : GoldValue.OTHER, BigInteger.valueOf(e4));
      }
    });
  }
}
