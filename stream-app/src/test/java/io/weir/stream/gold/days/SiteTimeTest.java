package io.weir.stream.gold.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTimeTest {

  @ParameterizedTest
  @CsvSource({
    // The clock goes from 02:00 to 03:00, and back from 03:00 to 02:00.
    "Europe/Berlin, 2026-03-29T21:59:59.999Z, 2026-03-28T23:00:00Z",
    "Europe/Berlin, 2026-03-29T22:00:00Z,     2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-10-25T22:59:59.999Z, 2026-10-24T22:00:00Z",
    "Europe/Berlin, 2026-10-25T23:00:00Z,     2026-10-25T23:00:00Z",
    // The clock goes from 00:00 to 01:00: the day begins at 01:00.
    "Asia/Beirut,   2026-03-28T22:00:00Z,     2026-03-28T22:00:00Z",
    "Asia/Beirut,   2026-03-28T21:59:59.999Z, 2026-03-27T22:00:00Z",
    "Asia/Kolkata,  2026-03-01T18:29:59.999Z, 2026-02-28T18:30:00Z",
    "UTC,           1969-12-31T23:59:59.999Z, 1969-12-31T00:00:00Z"
  })
  void day_beginsWithTheLocalDay(String zone, Instant time, Instant start) {
    long day = new SiteTime(ZoneId.of(zone)).day(time.toEpochMilli());

    assertThat(Instant.ofEpochMilli(day)).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:59:59.999Z, 2026-03-29T00:45:00Z",
    "2026-03-29T01:00:00Z,     2026-03-29T01:00:00Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:45:00Z"
  })
  void quarter_isOfUtc(Instant time, Instant start) {
    long quarter = SiteTime.quarter(time.toEpochMilli());

    assertThat(Instant.ofEpochMilli(quarter)).isEqualTo(start);
  }
}
