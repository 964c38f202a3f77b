package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Grain;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Clocks go forward: a day of 23 hours.
        "DAY | Europe/Berlin | 2026-03-28T23:00:00Z | 2026-03-30T22:00:00Z"
            + " | 03-28T23:00 03-29T22:00 03-30T22:00",
        // Clocks go back: a day of 25 hours.
        "DAY | Europe/Berlin | 2026-10-24T22:00:00Z | 2026-10-26T23:00:00Z"
            + " | 10-24T22:00 10-25T23:00 10-26T23:00",
        "DAY | Asia/Kathmandu | 2026-05-01T18:15:00Z | 2026-05-03T18:15:00Z"
            + " | 05-01T18:15 05-02T18:15 05-03T18:15",
        "HOUR | Asia/Kathmandu | 2026-05-01T18:15:00Z | 2026-05-01T20:30:00Z"
            + " | 05-01T18:15 05-01T19:15 05-01T20:15 05-01T20:30",
        // The hour from 02:00 occurs twice.
        "HOUR | Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-25T03:00:00Z"
            + " | 10-25T00:00 10-25T01:00 10-25T02:00 10-25T03:00",
        // Clocks go back from 02:00 to 01:30: the hour from 01:00 has 90 minutes.
        "HOUR | Australia/Lord_Howe | 2026-04-04T13:00:00Z | 2026-04-04T16:30:00Z"
            + " | 04-04T13:00 04-04T14:00 04-04T15:30 04-04T16:30",
        // Clocks go forward from 02:00 to 02:30: the hour from 02:00 has 30 minutes.
        "HOUR | Australia/Lord_Howe | 2026-10-03T14:30:00Z | 2026-10-03T17:00:00Z"
            + " | 10-03T14:30 10-03T15:30 10-03T16:00 10-03T17:00",
        // The range cuts the first week and the last one.
        "WEEK | UTC | 2026-12-30T00:00:00Z | 2027-01-06T00:00:00Z"
            + " | 12-30T00:00 01-04T00:00 01-06T00:00",
        "MONTH | America/New_York | 2026-01-15T05:00:00Z | 2026-04-01T04:00:00Z"
            + " | 01-15T05:00 02-01T05:00 03-01T05:00 04-01T04:00",
        "QUARTER | UTC | 2026-01-01T00:00:00Z | 2026-01-01T00:45:00Z"
            + " | 01-01T00:00 01-01T00:15 01-01T00:30 01-01T00:45",
        "TOTAL | UTC | 2026-01-01T00:00:00Z | 2026-03-01T00:00:00Z | 01-01T00:00 03-01T00:00"
      })
  void edges_areThoseOfTheZone(
      MetricGrain grain, String zone, String from, String to, String expected) {
    assertThat(edges(buckets(grain, zone, from, to))).isEqualTo(List.of(expected.split(" ")));
  }

  @Test
  void time_liesInTheBucketThatBeginsAtOrBeforeIt() {
    Buckets days = buckets(MetricGrain.DAY, "UTC", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z");

    assertThat(days.at(millis("2026-01-01T00:00:00Z"))).isZero();
    assertThat(days.at(millis("2026-01-01T23:45:00Z"))).isZero();
    assertThat(days.at(millis("2026-01-02T00:00:00Z"))).isEqualTo(1);
  }

  @Test
  void previousOfWholeDays_areAsManyDaysOfTheZone() {
    // Two days, the second of 23 hours; the two days before have 24.
    Buckets days =
        buckets(MetricGrain.DAY, "Europe/Berlin", "2026-03-27T23:00:00Z", "2026-03-29T22:00:00Z");

    assertThat(edges(days.previous())).containsExactly("03-25T23:00", "03-26T23:00", "03-27T23:00");
  }

  @Test
  void previousOfMonths_haveTheLengthOfTheirCounterparts() {
    Buckets months =
        buckets(MetricGrain.MONTH, "UTC", "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z");

    assertThat(edges(months.previous()))
        .containsExactly("12-04T00:00", "01-01T00:00", "02-01T00:00");
  }

  @Test
  void previousOfHours_isTheSameTimeJustBefore() {
    Buckets hours =
        buckets(MetricGrain.HOUR, "UTC", "2026-01-01T10:30:00Z", "2026-01-01T12:00:00Z");

    assertThat(edges(hours.previous()))
        .containsExactly("01-01T09:00", "01-01T09:30", "01-01T10:30");
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, Europe/Berlin, 2026-01-01T23:00:00Z, 2026-01-03T23:00:00Z, DAY",
    // Vienna has had the clocks of Berlin since 1980, and others before.
    "DAY, Europe/Vienna, 2026-01-01T23:00:00Z, 2026-01-03T23:00:00Z, QUARTER",
    "DAY, Europe/Berlin, 2026-01-01T22:45:00Z, 2026-01-03T23:00:00Z, QUARTER",
    "DAY, Europe/Berlin, 2026-01-01T23:00:00Z, 2026-01-03T22:45:00Z, QUARTER",
    "HOUR, Europe/Berlin, 2026-01-01T23:00:00Z, 2026-01-03T23:00:00Z, QUARTER",
    "TOTAL, Europe/Berlin, 2026-01-01T23:00:00Z, 2026-01-03T23:00:00Z, DAY"
  })
  void wholeDaysOfTheSite_comeFromCellsOfDays(
      MetricGrain grain, String zone, String from, String to, Grain cells) {
    assertThat(buckets(grain, zone, from, to).cells(ZoneId.of("Europe/Berlin"))).isEqualTo(cells);
  }

  @Test
  void otherNameOfTheSitesZone_isTheSiteZone() {
    Buckets days =
        buckets(MetricGrain.DAY, "Etc/UTC", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z");

    assertThat(days.cells(ZoneId.of("UTC"))).isEqualTo(Grain.DAY);
  }

  private static Buckets buckets(MetricGrain grain, String zone, String from, String to) {
    return Buckets.of(grain, ZoneId.of(zone), millis(from), millis(to));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  /** The edges in UTC, without the year. */
  private static List<String> edges(Buckets buckets) {
    var edges = new ArrayList<String>();
    for (int i = 0; i < buckets.count(); i++) {
      edges.add(shown(buckets.start(i)));
    }
    edges.add(shown(buckets.end(buckets.count() - 1)));
    return edges;
  }

  private static String shown(long time) {
    return Instant.ofEpochMilli(time)
        .toString()
        .substring("2026-".length(), "2026-01-01T00:00".length());
  }
}
