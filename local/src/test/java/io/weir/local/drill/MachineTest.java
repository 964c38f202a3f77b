package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report says of the machine of a drill. */
class MachineTest {
  @ParameterizedTest
  @CsvSource({"6.18.44-abc-v1, 6.18", "24.6.0, 24.6", "6.1, 6.1", "unknown, unknown"})
  void release_isTheFirstTwoNumbers(String version, String shown) {
    assertThat(Machine.release(version)).isEqualTo(shown);
  }
}
