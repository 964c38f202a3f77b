package io.weir.simulator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
  private final JsonBuffer buffer = new JsonBuffer(1);

  private String text() {
    return new String(buffer.copy(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.001Z",
        "2000-02-29T12:34:56.789Z",
        "2026-12-31T23:59:59.999Z",
        "2100-03-01T00:00:00.001Z"
      })
  void instant_isWrittenAsJavaDoes(String instant) {
    buffer.instant(Instant.parse(instant).toEpochMilli());

    assertThat(text()).isEqualTo(instant);
  }

  @Test
  void instants_ofTwoDays_doNotMix() {
    buffer.instant(0).put(' ').instant(86_400_000).put(' ').instant(5);

    assertThat(text())
        .isEqualTo("1970-01-01T00:00:00.000Z 1970-01-02T00:00:00.000Z 1970-01-01T00:00:00.005Z");
  }

  @Test
  void cents_keepTwoDigits() {
    buffer.cents(0).put(' ').cents(7).put(' ').cents(123_450);

    assertThat(text()).isEqualTo("0.00 0.07 1234.50");
  }

  @Test
  void uuid_hasAllDigits() {
    buffer.uuid(0x0198_0000_1234_7abcL, 0x8000_0000_0000_00efL);

    assertThat(text()).isEqualTo("01980000-1234-7abc-8000-0000000000ef");
  }

  @Test
  void number_negative_isRefused() {
    assertThatThrownBy(() -> buffer.number(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clear_startsAnew() {
    buffer.put("long text").clear().put("x");

    assertThat(text()).isEqualTo("x");
  }
}
