package io.weir.stream.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrencySumsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0.0001",
    "-1, -0.0001",
    "-10000, -1",
    "-5000, -0.5",
    "12500, 1.25",
    "10010, 1.001",
    "1000000, 100",
    "9223372036854775807, 922337203685477.5807",
    "-9223372036854775808, -922337203685477.5808"
  })
  void amountOfOneCurrency_isPlainDecimalText(long amount, String text) {
    var sums = new CurrencySums();

    sums.add("EUR", amount);

    assertThat(sums.decimals()).isEqualTo(Map.of("EUR", text));
  }

  @Test
  void amountsBeyondALong_areExact() {
    var sums = new CurrencySums();

    sums.add("EUR", Long.MAX_VALUE);
    sums.add("EUR", Long.MAX_VALUE);
    sums.add("EUR", 2);

    assertThat(sums.byCurrency()).isEqualTo(Map.of("EUR", BigInteger.TWO.pow(64)));
    assertThat(sums.decimals()).isEqualTo(Map.of("EUR", "1844674407370955.1616"));
  }

  @Test
  void amountOfZero_hasNoEntry() {
    var sums = new CurrencySums();

    sums.add("EUR", 5);
    sums.add("EUR", -5);
    sums.add("USD", 7);

    assertThat(sums.decimals()).isEqualTo(Map.of("USD", "0.0007"));
    assertThat(sums.size()).isEqualTo(1);
  }

  @Test
  void sumsOfSums_areThoseOfTheirParts() {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      var expected = new HashMap<String, BigInteger>();
      var all = new CurrencySums();
      for (int part = 0; part < 4; part++) {
        CurrencySums sums = drawn(random, expected, part % 2 == 0);
        if (part % 2 == 0) {
          all.add(sums);
        } else {
          all.subtract(sums);
        }
      }
      expected.values().removeIf(each -> each.signum() == 0);
      assertThat(all.byCurrency()).isEqualTo(expected);
      var read = new CurrencySums();
      read.add(all.decimals());
      assertThat(read.byCurrency()).isEqualTo(expected);
      all.decimals()
          .forEach((currency, text) ->
              assertThat(new BigDecimal(text).movePointRight(4))
                  .isEqualByComparingTo(new BigDecimal(expected.get(currency))));
    }
  }

  /** Adds what it draws to the map, too, or subtracts it. */
  private static CurrencySums drawn(
      Random random, Map<String, BigInteger> expected, boolean isAdded) {
    var sums = new CurrencySums();
    for (int left = random.nextInt(4); left > 0; left--) {
      String currency = random.nextInt(4) == 0 ? "USD" : "EUR";
      BigInteger amount =
          random.nextInt(4) == 0
              ? new BigInteger(70, random)
              : BigInteger.valueOf(random.nextInt(5) - 2);
      sums.add(currency, amount);
      expected.merge(currency, isAdded ? amount : amount.negate(), BigInteger::add);
    }
    return sums;
  }
}
