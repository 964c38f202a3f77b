package io.weir.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "19.99, 199900",
    "5.6600, 56600",
    "0.00005, 0",
    "0.00015, 2",
    "1e3, 10000000",
    "-1.5, -15000",
    "99999999999999.9999, 999999999999999999"
  })
  void amounts_areExact(String text, long e4) {
    assertThat(Money.parse(text)).isEqualTo(e4);
  }

  @Test
  void randomAmounts_areThoseOfBigDecimal() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      var amount = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), random.nextInt(8));

      assertThat(Money.parse(amount.toPlainString()))
          .as(amount.toPlainString())
          .isEqualTo(amount.setScale(4, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "NaN",
        "Infinity",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "100000000000000000",
        "12,50",
        "0x10"
      })
  void anythingElse_isInvalid(String text) {
    assertThat(Money.parse(text)).isEqualTo(Money.INVALID);
  }
}
