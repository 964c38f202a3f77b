package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "0s, PT0S",
    "5m, PT5M",
    "24h, PT24H",
    "30d, PT720H",
    "PT30M, PT30M"
  })
  void text_shortOrIso_isRead(String text, String iso) {
    assertThat(Durations.parse(text)).hasToString(iso);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1y", "5", "-5m", "1.5h", "99999999999999999999s", "999999999999999999d"})
  void text_ofNoLength_isRefusedWithExamples(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessageStartingWith(text)
        .withMessageContaining("30s, 5m, 24h or PT30M");
  }

  @Test
  void isoText_negative_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse("PT-5M"))
        .withMessageContaining("not negative");
  }
}
