package io.weir.stream.query.metrics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The lengths of cells, and the times at which they begin. */
final class Cells {
  static final long QUARTER_MS = 15 * 60_000L;
  static final long DAY_MS = 24 * 3_600_000L;

  private Cells() {}

  static ZonedDateTime at(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone);
  }

  static boolean isOnQuarter(long time) {
    return Math.floorMod(time, QUARTER_MS) == 0;
  }

  /** Whether a day of the zone begins at the time. Not every day begins at 00:00. */
  static boolean isMidnight(long time, ZoneId zone) {
    return at(time, zone).toLocalDate().atStartOfDay(zone).toInstant().toEpochMilli() == time;
  }
}
