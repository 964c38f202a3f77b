package io.weir.lake.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldRevenueTest {

  @Test
  void none_isZeroWithoutCurrency() {
    assertThat(GoldRevenue.mainCurrency(Map.of())).isNull();
    assertThat(GoldRevenue.inMainCurrency(Map.of())).isZero();
    assertThat(GoldRevenue.json(Map.of())).isEqualTo("{}");
  }

  @Test
  void several_theLargestIsMain() {
    Map<String, Long> revenue = Map.of("USD", 10_000L, "EUR", 125_000L);

    assertThat(GoldRevenue.mainCurrency(revenue)).isEqualTo("EUR");
    assertThat(GoldRevenue.inMainCurrency(revenue)).isEqualByComparingTo("12.5");
    assertThat(GoldRevenue.json(revenue)).isEqualTo("{\"EUR\":12.5000,\"USD\":1.0000}");
  }

  @Test
  void equals_theFirstByNameIsMain() {
    assertThat(GoldRevenue.mainCurrency(Map.of("USD", 1L, "CHF", 1L))).isEqualTo("CHF");
  }

  @Test
  void currencyWithQuotes_staysJson() {
    assertThat(GoldRevenue.json(Map.of("a\"\\\u0000", 1L)))
        .isEqualTo("{\"a\\\"\\\\\uFFFD\":0.0001}");
  }

  @Test
  void textWithNul_isStorable() {
    assertThat(GoldColumn.storable("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(GoldColumn.storable(null)).isNull();
  }

  @Test
  void exactAmounts_areAddedUpWhereTheirCurrenciesBecomeOneText() {
    assertThat(GoldRevenue.exactJson(Map.of())).isEqualTo("{}");
    assertThat(GoldRevenue.exactJson(Map.of("", "92233720368547758070.0001", "a\"", "-1E+2")))
        .isEqualTo("{\"\":92233720368547758070.0001,\"a\\\"\":-100}");
    assertThat(GoldRevenue.exactJson(Map.of("\u0000", "1.5", "\u0001", "2")))
        .isEqualTo("{\"\uFFFD\":3.5}");
  }
}
