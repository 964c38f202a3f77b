package io.weir.tools.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01, Europe/Berlin, 2026-02-28T23:00:00Z, 2026-03-01T23:00:00Z",
    "2026-03-29, Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "2026-03-01T12, Europe/Berlin, 2026-03-01T11:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12, Asia/Kolkata, 2026-03-01T06:30:00Z, 2026-03-01T07:30:00Z",
    "2026-03-01T12Z, Europe/Berlin, 2026-03-01T12:00:00Z, 2026-03-01T13:00:00Z",
    "2026-03-01T12:00, UTC, 2026-03-01T12:00:00Z, 2026-03-01T12:15:00Z",
    "2026-03-01 12:45:00+01:00, UTC, 2026-03-01T11:45:00Z, 2026-03-01T12:00:00Z",
    "2026-10-25T02:30+02:00, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:45:00Z"
  })
  void bucket_isInTheZone(String text, String zone, Instant from, Instant to) {
    assertThat(Bucket.parse(text, ZoneId.of(zone))).isEqualTo(new Bucket(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, is not a day",
    "2026-02-30, is not a day",
    "2026-03-01T24, is not a day",
    "2026-03-01T12:15:01, is not a day",
    "2026-03-01T12:15+99:00, is not a day",
    "2026-03-01T12:10, no bucket of 15 minutes starts",
    "2026-03-29T02:15, has no time",
    "2026-10-25T02, twice: add +02:00 or +01:00"
  })
  void whatIsNoBucket_isRefused(String text, String reason) {
    assertThatThrownBy(() -> Bucket.parse(text, BERLIN))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void dayThatAZoneLeftOut_isRefused() {
    assertThatThrownBy(() -> Bucket.parse("2011-12-30", ZoneId.of("Pacific/Apia")))
        .hasMessageContaining("Pacific/Apia has no day 2011-12-30");
  }
}
