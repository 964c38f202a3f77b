package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Product;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * The inputs of features that tell what came last before the first purchase, computed from the
 * events in order as they are defined.
 */
record PlainFeatures(int events, Optional<String> lastEvent, Optional<Long> lastPrice) {

  static PlainFeatures of(List<EnrichedEvent> sorted) {
    List<EnrichedEvent> before =
        sorted.stream().takeWhile(event -> !event.getEventType().equals("purchase")).toList();
    return new PlainFeatures(
        before.size(),
        before.reversed().stream()
            .map(EnrichedEvent::getEventType)
            .filter(type -> !type.equals("identify"))
            .map(type -> type.equals("newsletter") ? "other" : type)
            .findFirst(),
        before.reversed().stream()
            .filter(event -> event.getEventType().equals("product_view"))
            .filter(event -> !event.getProducts().isEmpty())
            .map(event -> event.getProducts().getFirst().getPriceE4())
            .filter(Objects::nonNull)
            .filter(price -> price > 0)
            .findFirst());
  }

  static PlainFeatures of(FeatureInputs inputs) {
    return new PlainFeatures(
        inputs.getEvents(),
        Optional.ofNullable(inputs.getLastEvent()),
        Optional.ofNullable(inputs.getLastPriceE4()));
  }

  /** A view of a product with a price, with none, or with one that cannot be. */
  static EnrichedEvent viewed(EnrichedEvent event, Random random) {
    var product = new Product();
    product.setProductId("p-" + random.nextInt(3));
    product.setQuantity(1);
    product.setPriceE4(
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> 0L;
          default -> 1 + random.nextLong(Long.MAX_VALUE >> random.nextInt(60));
        });
    event.setProducts(List.of(product));
    return event;
  }
}
