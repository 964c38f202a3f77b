package io.weir.stream.gold;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The buckets of gold: 15 minutes of UTC, and days of the site's time zone. */
public record SiteTime(ZoneId zone) {
  private static final long QUARTER = Duration.ofMinutes(15).toMillis();

  /** The begin of the 15 minutes. */
  public static long quarter(long time) {
    return time - Math.floorMod(time, QUARTER);
  }

  /** The first moment of the local day, which may last 23 or 25 hours. */
  long day(long time) {
    return Instant.ofEpochMilli(time)
        .atZone(zone)
        .toLocalDate()
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }
}
