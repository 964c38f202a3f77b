package io.weir.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @Test
  void randomTimes_readAsJavaTimeReadsThem() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long millis = random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1_079, 1_080));
      OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(offset);

      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);

      if (text.length() >= 22) {
        assertThat(Rfc3339.parse(text)).as(text).isEqualTo(millis);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00.123456789Z",
        "2026-03-01t12:00:00.123z",
        "2026-03-01 12:00:00.123+00:00",
        "2026-03-01T17:30:00.123+05:30"
      })
  void otherForms_areRead(String text) {
    long expected = Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli();

    assertThat(Rfc3339.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not-a-time",
        "2026-03-01",
        "2026-03-01T12:00:00",
        "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:00.1234567890Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:00+0530",
        "2026-03-01T12:00:00ZZ",
        "٢٠٢٦-03-01T12:00:00Z"
      })
  void anythingElse_isInvalid(String text) {
    assertThat(Rfc3339.parse(text)).isEqualTo(Rfc3339.INVALID);
  }
}
