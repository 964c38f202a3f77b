package io.weir.tools.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Grain;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteBucketsTest {

  @ParameterizedTest
  @CsvSource({
    // A day of 23 hours, and one of 25.
    "Europe/Berlin, 2026-03-28T22:59:59.999Z, 2026-03-27T23:00:00Z, 2026-03-28T23:00:00Z",
    "Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-03-29T21:59:59.999Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-10-25T22:59:59.999Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    // Midnight comes twice: the day begins with the first one.
    "America/Havana, 2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
    // There is no midnight: the day begins at one o'clock.
    "Africa/Cairo, 2026-04-23T22:30:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
    // There was no 30th of December.
    "Pacific/Apia, 2011-12-30T09:59:59Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
    "UTC, 1969-12-31T23:59:59.999Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z"
  })
  void day_isThatOfTheZone(String zone, Instant time, Instant start, Instant next) {
    var days = new SiteBuckets(Grain.DAY, ZoneId.of(zone));

    assertThat(days.startOf(time)).isEqualTo(start);
    assertThat(days.next(time)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:14:59.999Z, 2026-03-01T12:00:00Z, 2026-03-01T12:15:00Z",
    "2026-03-01T12:15:00Z, 2026-03-01T12:15:00Z, 2026-03-01T12:30:00Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:45:00Z, 1970-01-01T00:00:00Z"
  })
  void quarter_isOfUtc(Instant time, Instant start, Instant next) {
    var quarters = new SiteBuckets(Grain.QUARTER, ZoneId.of("Asia/Kathmandu"));

    assertThat(quarters.startOf(time)).isEqualTo(start);
    assertThat(quarters.next(time)).isEqualTo(next);
  }

  @Test
  void range_hasTheBucketsThatStartInIt() {
    var days = new SiteBuckets(Grain.DAY, ZoneId.of("Europe/Berlin"));

    assertThat(days.notBefore(Instant.parse("2026-03-28T23:00:00Z")))
        .isEqualTo("2026-03-28T23:00:00Z");
    assertThat(days.notBefore(Instant.parse("2026-03-28T23:00:00.001Z")))
        .isEqualTo("2026-03-29T22:00:00Z");
    assertThat(
            days.covering(
                Instant.parse("2026-03-28T12:00:00Z"), Instant.parse("2026-03-29T22:00:00Z")))
        .containsExactly(
            Instant.parse("2026-03-27T23:00:00Z"),
            Instant.parse("2026-03-28T23:00:00Z"),
            Instant.parse("2026-03-29T22:00:00Z"));
  }
}
