package io.weir.sink.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RevenueTest {

  @Test
  void none_isZeroWithoutCurrency() {
    assertThat(Revenue.mainCurrency(Map.of())).isNull();
    assertThat(Revenue.inMainCurrency(Map.of())).isZero();
    assertThat(Revenue.json(Map.of())).isEqualTo("{}");
  }

  @Test
  void several_theLargestIsMain() {
    Map<String, Long> revenue = Map.of("USD", 10_000L, "EUR", 125_000L);

    assertThat(Revenue.mainCurrency(revenue)).isEqualTo("EUR");
    assertThat(Revenue.inMainCurrency(revenue)).isEqualByComparingTo("12.5");
    assertThat(Revenue.json(revenue)).isEqualTo("{\"EUR\":12.5000,\"USD\":1.0000}");
  }

  @Test
  void equals_theFirstByNameIsMain() {
    assertThat(Revenue.mainCurrency(Map.of("USD", 1L, "CHF", 1L))).isEqualTo("CHF");
  }

  @Test
  void currencyWithQuotes_staysJson() {
    assertThat(Revenue.json(Map.of("a\"\\\u0000", 1L))).isEqualTo("{\"a\\\"\\\\\uFFFD\":0.0001}");
  }

  @Test
  void textWithNul_isStorable() {
    assertThat(GoldColumn.storable("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(GoldColumn.storable(null)).isNull();
  }
}
