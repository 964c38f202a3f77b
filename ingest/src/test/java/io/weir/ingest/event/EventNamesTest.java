package io.weir.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNamesTest {
  private final EventNames names = new EventNames(Map.of());

  @ParameterizedTest
  @CsvSource({
    "page_view, page_view",
    "view_item, product_view",
    "Product Viewed, product_view",
    "productViewed, product_view",
    "begin_checkout, checkout",
    "Order Completed, purchase",
    "addtocart, add_to_cart",
    "transaction, purchase",
    "Newsletter Signup!, newsletter_signup",
    "  42 things, things",
    "ÄÖÜ, ''",
    "HTTPRequest, httprequest"
  })
  void name_becomesAType(String name, String type) {
    assertThat(names.type(name)).isEqualTo(type);
  }

  @Test
  void longName_isCutToTheLimit() {
    assertThat(names.type("x".repeat(5_000))).isEqualTo("x".repeat(40));
  }

  @Test
  void ownName_comesBeforeTheKnownOnes() {
    var own = new EventNames(Map.of("Bestellung", "purchase", "order", "order_opened"));

    assertThat(own.type("bestellung")).isEqualTo("purchase");
    assertThat(own.type("Order")).isEqualTo("order_opened");
  }
}
