package io.weir.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private final Times times = new Times(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2024-07-01T10:00:00Z, 2024-07-01T10:00:00Z",
    "2024-07-01T10:00:00.123456Z, 2024-07-01T10:00:00.123Z",
    "2024-07-01 10:00:00 UTC, 2024-07-01T10:00:00Z",
    "2024-07-01T10:00:00+02:00, 2024-07-01T08:00:00Z",
    "2024-07-01T10:00:00-0530, 2024-07-01T15:30:00Z",
    "2024-07-01 10:00, 2024-07-01T08:00:00Z",
    "2024-07-01, 2024-06-30T22:00:00Z",
    "1719828000, 2024-07-01T10:00:00Z",
    "1719828000.25, 2024-07-01T10:00:00.250Z",
    "1719828000123, 2024-07-01T10:00:00.123Z",
    "1719828000123456, 2024-07-01T10:00:00.123Z",
    "1719828000123456789, 2024-07-01T10:00:00.123Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z"
  })
  void usualForms_areRead(String text, Instant expected) {
    assertThat(Instant.ofEpochMilli(times.parse(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "12",
        "01/02/2024 10:00",
        "2024-13-01",
        "2024-02-30T00:00:00Z",
        "2024-07-01T25:00:00Z",
        "2024-07-01T10:00:00 PM",
        "9999999999999999999",
        "1.2.3.4.5"
      })
  void others_areRefusedNotGuessed(String text) {
    assertThat(times.parse(text)).isEqualTo(Times.INVALID);
  }

  @Test
  void hugeNumber_isNoTime() {
    assertThat(times.parse("9".repeat(100_000))).isEqualTo(Times.INVALID);
  }
}
