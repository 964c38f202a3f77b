package io.weir.stream.gold.days;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The buckets of gold: 15 minutes of UTC, and days of the site's time zone. Remembers the last day,
 * because most times that follow each other lie on the same one. For one thread.
 */
public final class SiteTime {
  private static final long QUARTER = Duration.ofMinutes(15).toMillis();

  private final ZoneId zone;

  /** The last day and its bounds. No time lies between the first bounds. */
  private int number;

  private long start;
  private long end;

  public SiteTime(ZoneId zone) {
    this.zone = zone;
  }

  /** The begin of the 15 minutes. */
  public static long quarter(long time) {
    return time - Math.floorMod(time, QUARTER);
  }

  /** The first moment of the local day, which may last 23 or 25 hours. */
  public long day(long time) {
    find(time);
    return start;
  }

  /** The number of the local day since 1970-01-01. */
  public int dayNumber(long time) {
    find(time);
    return number;
  }

  /** The first moment of a local day. */
  public long dayStart(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private void find(long time) {
    if (time < start || time >= end) {
      LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
      number = Math.toIntExact(date.toEpochDay());
      start = dayStart(number);
      end = dayStart(number + 1);
    }
  }
}
