package io.weir.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2.00, 2",
    "1e3, 1000",
    "10000000, 10000000",
    "10000001, 0",
    "2147483647, 0",
    "2147483648, 0",
    "1e13, 0",
    "1.5, 0",
    "0, 0",
    "-1, 0",
    "two, 0",
  })
  void quantity_isAWholeNumberThatWeirAccepts(String text, int quantity) {
    assertThat(Amounts.quantity(text)).isEqualTo(quantity);
  }
}
