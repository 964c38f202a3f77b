package io.weir.stream.query.metrics;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/** The length of the buckets of an answer. */
public enum MetricGrain {
  QUARTER("15m", Cells.QUARTER_MS),
  HOUR("hour", 3_600_000),
  DAY("day", Cells.DAY_MS),
  WEEK("week", 7 * Cells.DAY_MS),
  MONTH("month", 28 * Cells.DAY_MS),
  TOTAL("total", Long.MAX_VALUE);

  private static final long QUARTERS_UP_TO = 6 * 3_600_000L;
  private static final long HOURS_UP_TO = 2 * Cells.DAY_MS;
  private static final long DAYS_UP_TO = 92 * Cells.DAY_MS;

  private final String word;
  private final long usualMillis;

  MetricGrain(String word, long usualMillis) {
    this.word = word;
    this.usualMillis = usualMillis;
  }

  public String word() {
    return word;
  }

  /** About the length of a bucket. */
  long usualMillis() {
    return usualMillis;
  }

  boolean isOfDays() {
    return compareTo(DAY) >= 0;
  }

  static Optional<MetricGrain> of(String word) {
    return Arrays.stream(values()).filter(grain -> grain.word.equals(word)).findFirst();
  }

  /** The grain for a range that is given without one. */
  static MetricGrain usualFor(long millis) {
    if (millis <= QUARTERS_UP_TO) {
      return QUARTER;
    }
    if (millis <= HOURS_UP_TO) {
      return HOUR;
    }
    return millis <= DAYS_UP_TO ? DAY : MONTH;
  }

  /** The end of the bucket that holds a time, or {@code Long.MAX_VALUE}. */
  long endAfter(long time, ZoneId zone) {
    return switch (this) {
      case QUARTER -> (Math.floorDiv(time, Cells.QUARTER_MS) + 1) * Cells.QUARTER_MS;
      case HOUR -> endOfHour(time, zone);
      case DAY -> midnight(date(time, zone).plusDays(1), zone);
      case WEEK -> midnight(date(time, zone).with(TemporalAdjusters.next(DayOfWeek.MONDAY)), zone);
      case MONTH -> midnight(date(time, zone).with(TemporalAdjusters.firstDayOfNextMonth()), zone);
      case TOTAL -> Long.MAX_VALUE;
    };
  }

  /**
   * Steps by quarters, because clocks may be moved by half an hour in the middle of an hour: then
   * the hour is shorter or longer. An hour that occurs twice is two buckets.
   */
  private static long endOfHour(long time, ZoneId zone) {
    ZonedDateTime now = Cells.at(time, zone);
    long end = time;
    ZonedDateTime next;
    do {
      end = QUARTER.endAfter(end, zone);
      next = Cells.at(end, zone);
    } while (next.getMinute() != 0 && next.getHour() == now.getHour());
    return end;
  }

  private static LocalDate date(long time, ZoneId zone) {
    return Cells.at(time, zone).toLocalDate();
  }

  private static long midnight(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
