package io.weir.stream.session.goal;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named condition that an event fulfils or not. What is null or empty is no condition.
 *
 * @param page of the event
 * @param product the id of one of the event's products
 * @param category of one of the event's products, the same one if {@code product} is given, too
 * @param properties that the event has, with these values
 * @param leastAmount that the event is worth, in ten-thousandths of the currency's unit
 */
public record Goal(
    String name,
    String eventType,
    @Nullable PagePattern page,
    @Nullable String product,
    @Nullable String category,
    Map<String, String> properties,
    long leastAmount,
    @Nullable String currency) {
  static final int MOST_NAME_BYTES = 64;

  public Goal {
    require("name", name, name.length() <= MOST_NAME_BYTES && isWord(name));
    require("event", eventType, isWord(eventType) && Character.isLetter(eventType.charAt(0)));
    if (leastAmount < 0) {
      throw new IllegalArgumentException("min_value is less than 0");
    }
    properties = Map.copyOf(properties);
  }

  private static void require(String what, String text, boolean isFine) {
    if (!isFine) {
      throw new IllegalArgumentException(
          "%s is '%s'; it has the characters a-z, 0-9 and _%s"
              .formatted(
                  what,
                  text.substring(0, Math.min(text.length(), 2 * MOST_NAME_BYTES)),
                  what.equals("name")
                      ? ", at most " + MOST_NAME_BYTES
                      : ", and begins with a letter"));
    }
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Whether an event of the goal's type fulfils the conditions.
   *
   * @param pageName as gold names the event's page
   * @param amount that the event is worth
   */
  boolean isFulfilledBy(EnrichedEvent event, @Nullable String pageName, long amount) {
    return amount >= leastAmount
        && (currency == null || currency.equals(event.getCurrency()))
        && (page == null || (pageName != null && page.matches(pageName)))
        && (isForAnyProduct() || hasProduct(event.getProducts()))
        && hasProperties(event.getProperties());
  }

  private boolean isForAnyProduct() {
    return product == null && category == null;
  }

  private boolean hasProduct(List<Product> products) {
    for (Product each : products) {
      if ((product == null || product.equals(each.getProductId()))
          && (category == null || category.equals(each.getCategory()))) {
        return true;
      }
    }
    return false;
  }

  private boolean hasProperties(Map<String, String> ofEvent) {
    for (Map.Entry<String, String> each : properties.entrySet()) {
      if (!each.getValue().equals(ofEvent.get(each.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
