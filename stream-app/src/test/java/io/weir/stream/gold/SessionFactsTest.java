package io.weir.stream.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionFactsTest {
  private static CellSums sums(Map<String, Long> revenue, Map<String, Long> refunded) {
    var row = new Session();
    row.setVisitorSessionNumber(1);
    row.setAds(List.of());
    row.setAdPages(List.of());
    row.setAdPositions(List.of());
    row.setGoals(List.of());
    row.setFeatures(new FeatureInputs());
    row.setRevenueE4(revenue);
    row.setRefundedE4(refunded);
    row.setCartValueE4(Map.of());
    row.setCartProducts(List.of());
    return SessionFacts.of(row).sums();
  }

  @Test
  void refundInACurrencyThatIsNotNamed_isSubtractedFromItsRevenue() {
    CellSums sums =
        sums(
            Map.of("AUD", 1L, "CAD", 2L, "CHF", 3L, "EUR", 4L, "USD", 50L),
            Map.of("USD", 50L, "EUR", 1L));

    assertThat(sums.revenue()).containsOnlyKeys("AUD", "CAD", "CHF", "EUR", GoldValue.OTHER);
    assertThat(sums.refunded())
        .isEqualTo(Map.of("EUR", BigInteger.ONE, GoldValue.OTHER, BigInteger.valueOf(50)));
  }

  @Test
  void amountOfZero_takesNoName() {
    CellSums sums = sums(Map.of("AUD", 0L, "CAD", 1L, "CHF", 1L, "EUR", 1L, "USD", 1L), Map.of());

    assertThat(sums.revenue()).containsOnlyKeys("CAD", "CHF", "EUR", "USD");
  }
}
