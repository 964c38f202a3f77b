package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.GoldKey.Subject;
import io.weir.stream.gold.GoldRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:07:00Z");
  private static final ZoneId SITE = ZoneId.of("Europe/Berlin");

  @Test
  void withoutParameters_theRangeIs28DaysOfTheSiteUpToToday() {
    MetricQuery query = read("sessions", "");

    assertThat(query.buckets().grain()).isEqualTo(MetricGrain.DAY);
    assertThat(query.buckets().count()).isEqualTo(28);
    assertThat(Instant.ofEpochMilli(query.buckets().to())).isEqualTo("2026-05-20T22:00:00Z");
    assertThat(query.side()).isEqualTo(Side.EXCLUDE);
  }

  @Test
  void dates_areDaysOfTheZone_theLastOneIncluded() {
    MetricQuery query = read("sessions", "from=2026-05-01;to=2026-05-01;zone=Asia/Kathmandu");

    assertThat(Instant.ofEpochMilli(query.buckets().from())).isEqualTo("2026-04-30T18:15:00Z");
    assertThat(Instant.ofEpochMilli(query.buckets().to())).isEqualTo("2026-05-01T18:15:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T00:00:00Z, 2026-05-01T06:00:00Z, QUARTER",
    "2026-05-01T00:00:00Z, 2026-05-03T00:00:00Z, HOUR",
    "2026-05-01T00:00:00+02:00, 2026-05-03T00:15:00+02:00, DAY",
    "2026-01-01, 2026-05-03, MONTH"
  })
  void grain_followsTheRange(String from, String to, MetricGrain grain) {
    assertThat(read("sessions", "from=" + from + ";to=" + to).buckets().grain()).isEqualTo(grain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday | from=yesterday is neither a date such as 2026-03-01 nor a time",
        "from=2026-02-30 | from=2026-02-30 is neither a date",
        "from=+1000000000-12-31T23:59:59Z | is neither a date",
        "from=-0001-01-01 | is neither a date",
        "to=0000-01-01 | to=0000-01-01 is neither a date",
        "from=2026-05-02;to=2026-05-01 | from is not before to",
        "from=0001-01-03;to=2026-01-01;grain=day | gives more than 100,000 buckets",
        "grain=minute | grain=minute is none of 15m, hour, day, week, month, total",
        "zone=Mars/Base | zone=Mars/Base is no time zone",
        "by=browser_version | by=browser_version is none of device, browser, os",
        "by=previous_day | by=previous_day is none of",
        "filter=country | filter=country is not a dimension, a colon and a value",
        "filter=page:x | filter=page is none of device",
        "by=search_term | by=search_term is none of device",
        "filter=country:DE;filter=device:a;filter=country:FR | filter=country:FR stands beside",
        "bots=yes | bots=yes is none of exclude, only, include",
        "compare=next | compare=next is not previous",
        "top=0 | top=0 is not a whole number from 1 to 1000",
        "top=1001 | top=1001 is not a whole number from 1 to 1000",
        "top=ten | top=ten is not a whole number from 1 to 1000"
      })
  void whatCannotBeMeant_isRefusedWithWhatIsRight(String parameters, String message) {
    assertThatThrownBy(() -> read("sessions", parameters))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sessions | grain=hour;from=2026-04-15T10:00:00Z | kept for 35 days",
        "sessions | zone=UTC;from=2026-04-01 | kept for 35 days",
        "sessions | from=2026-05-20T10:05:00Z | must be multiples of 15 minutes",
        "sessions | grain=day;zone=+05:07 | does not begin on one",
        "sessions | grain=hour;from=2026-05-01;to=2026-05-19;compare=previous | kept for 35 days",
        "visitors | grain=hour | visitors is known for whole days of the site's zone Europe/Berlin",
        "events | by=page;grain=hour | page is known for whole days of the site's zone Europe/Berlin",
        "searches | by=search_term;grain=hour | search_term is known for whole days of the site's zone",
        "sessions | by=landing_page;zone=UTC | landing_page is known for whole days",
        "visitors | zone=UTC | visitors is known for whole days of the site's zone",
        "visitors | grain=total;from=2025-01-01;to=2026-02-06 | has at most 401 days"
      })
  void whatHasNoCells_isRefused(String metric, String parameters, String message) {
    MetricQuery query = read(metric, parameters);

    assertThatThrownBy(() -> QueryLimits.check(query, GoldRules.of(SITE, Duration.ofDays(35)), NOW))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(message);
  }

  @Test
  void bucketOf401Days_hasVisitors() {
    QueryLimits.check(
        read("visitors", "grain=total;from=2025-01-01;to=2026-02-05"),
        GoldRules.of(SITE, Duration.ofDays(35)),
        NOW);
  }

  @Test
  void visitors_arePeople() {
    assertThatThrownBy(() -> read("visitors", "bots=include"))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("visitors counts people");
  }

  @Test
  void severalFiltersAndOtherBreakdowns_areNotOfCells() {
    assertThat(read("sessions", "filter=country:DE").isOfOneDimension()).isTrue();
    assertThat(read("sessions", "filter=country:DE;by=country").isOfOneDimension()).isTrue();
    assertThat(read("sessions", "filter=country:DE;by=device").isOfOneDimension()).isFalse();
    assertThat(read("sessions", "filter=country!:DE").isOfOneDimension()).isFalse();
    assertThat(read("sessions", "filter=country:DE;filter=device:x").isOfOneDimension()).isFalse();
    assertThat(read("visitors", "by=country").isOfOneDimension()).isFalse();
    assertThat(read("visitors", "filter=country:DE").isOfOneDimension()).isFalse();
    assertThat(read("visitors", "").isOfOneDimension()).isTrue();
  }

  /** A session has no search term; its events have. */
  @Test
  void searchesByTerm_areOfEvents() {
    assertThat(read("searches", "").metric().subject()).isEqualTo(Subject.SESSIONS);
    assertThat(read("searches", "by=country").metric().subject()).isEqualTo(Subject.SESSIONS);
    assertThat(read("searches", "by=search_term").metric().subject()).isEqualTo(Subject.EVENTS);
    assertThat(read("searches", "filter=search_term:hat").metric().subject())
        .isEqualTo(Subject.EVENTS);
    assertThat(
            SessionRows.refusal(read("searches", "by=search_term;filter=country:DE"))
                .map(Throwable::getMessage))
        .hasValueSatisfying(
            text -> assertThat(text).contains("events have one dimension at a time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "", "a:b", "NUL \0 inside", "\ud83d\ude00", "+", "a&by=device"})
  void filter_takesAnyValue(String value) {
    MetricQuery query = read("sessions", "filter=country:" + value);
    MetricQuery again =
        QueryReader.read(query.metric(), query.explicit(), ZoneId.of("UTC"), Instant.EPOCH);

    assertThat(query.counts(value)).isTrue();
    assertThat(query.counts(value + " ")).isFalse();
    assertThat(again.filter()).isEqualTo(query.filter());
    assertThat(again.buckets().from()).isEqualTo(query.buckets().from());
    assertThat(again.buckets().to()).isEqualTo(query.buckets().to());
  }

  @Test
  void longValue_isRefusedWithoutAllOfIt() {
    // 171 characters of three bytes each are one byte more than 512.
    assertThat(read("sessions", "filter=country:" + "\u20ac".repeat(170)).filter()).isNotNull();
    assertThatThrownBy(() -> read("sessions", "filter=country:" + "\u20ac".repeat(171)))
        .hasMessageContaining("more than 512 bytes");
    assertThatThrownBy(() -> read("sessions", "by=" + "x".repeat(10_240)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  /** Reads parameters that are written one after the other, with semicolons. */
  private static MetricQuery read(String metric, String parameters) {
    return QueryReader.read(
        Metrics.named(metric).orElseThrow(), Requests.of(parameters), SITE, NOW);
  }
}
