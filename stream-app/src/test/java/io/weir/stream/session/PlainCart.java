package io.weir.stream.session;

import static java.util.Objects.requireNonNullElse;

import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is left in the cart of a session, as it is defined. */
final class PlainCart {
  private static final List<String> CURRENCIES = List.of("CHF", "EUR", "USD", "JPY", "GBP", "SEK");

  private PlainCart() {}

  record Left(String category, long quantity, Map<String, Long> value) {}

  /** The same event of the cart with a value, or with up to three products. */
  static EnrichedEvent filled(EnrichedEvent event, Random random) {
    event.setValueE4((long) random.nextInt(100_000));
    event.setCurrency(random.nextInt(5) == 0 ? null : CURRENCIES.get(random.nextInt(6)));
    if (random.nextInt(3) > 0) {
      event.setProducts(random.ints(1 + random.nextInt(3)).mapToObj(_ -> product(random)).toList());
    }
    return event;
  }

  private static Product product(Random random) {
    var product = new Product();
    product.setProductId("p" + random.nextInt(4));
    product.setCategory(random.nextBoolean() ? "c" + random.nextInt(3) : null);
    product.setQuantity(1 + random.nextInt(3));
    product.setLineRevenueE4(random.nextInt(3) == 0 ? null : (long) random.nextInt(50_000));
    return product;
  }

  static Map<String, Long> value(List<EnrichedEvent> events) {
    var left = new TreeMap<String, Long>();
    for (EnrichedEvent event : events) {
      if (event.getEventType().endsWith("_cart")) {
        left.merge(currency(event), sign(event) * worth(event), Long::sum);
      }
    }
    left.values().removeIf(e4 -> e4 == 0);
    return left;
  }

  private static long worth(EnrichedEvent event) {
    List<Long> lines =
        event.getProducts().stream()
            .map(Product::getLineRevenueE4)
            .filter(Objects::nonNull)
            .toList();
    return lines.isEmpty()
        ? requireNonNullElse(event.getValueE4(), 0L)
        : lines.stream().mapToLong(Long::longValue).sum();
  }

  private static String currency(EnrichedEvent event) {
    return requireNonNullElse(event.getCurrency(), "");
  }

  private static long sign(EnrichedEvent event) {
    return event.getEventType().equals("add_to_cart") ? 1 : -1;
  }

  static Map<String, Left> products(List<EnrichedEvent> events) {
    var left = new TreeMap<String, Left>();
    for (EnrichedEvent event : events) {
      if (event.getEventType().endsWith("_cart")) {
        for (Product each : event.getProducts()) {
          var before = left.get(each.getProductId());
          left.put(each.getProductId(), with(before, event, each));
        }
      }
    }
    left.replaceAll((_, all) -> new Left(all.category, all.quantity, named(all.value)));
    left.values().removeIf(each -> each.quantity == 0 && each.value.isEmpty());
    return left;
  }

  private static Left with(@Nullable Left before, EnrichedEvent event, Product line) {
    String category = requireNonNullElse(line.getCategory(), "");
    var value = new TreeMap<String, Long>();
    long quantity = sign(event) * line.getQuantity();
    if (before != null) {
      value.putAll(before.value);
      quantity += before.quantity;
      boolean isFirst = !category.isEmpty() && category.compareTo(before.category) < 0;
      category = before.category.isEmpty() || isFirst ? category : before.category;
    }
    long e4 = requireNonNullElse(line.getLineRevenueE4(), 0L);
    if (e4 != 0) {
      value.merge(currency(event), sign(event) * e4, Long::sum);
    }
    return new Left(category, quantity, value);
  }

  /** The first four currencies; the others are one. */
  private static Map<String, Long> named(Map<String, Long> value) {
    var named = new TreeMap<String, Long>();
    List<String> first = value.keySet().stream().limit(4).toList();
    value.forEach((currency, e4) ->
        named.merge(first.contains(currency) ? currency : "(other)", e4, Long::sum));
    named.values().removeIf(e4 -> e4 == 0);
    return named;
  }

  static Map<String, Left> products(Session session) {
    var left = new TreeMap<String, Left>();
    for (CartProduct each : session.getCartProducts()) {
      String category = requireNonNullElse(each.getCategory(), "");
      left.put(each.getProductId(), new Left(category, each.getQuantity(), each.getValueE4()));
    }
    return left;
  }
}
