package io.weir.tools.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The windows of a rule, one behind the other: days of the site, or parts of a day of UTC.
 *
 * @param length a day, or a part of it
 */
record Windows(Duration length, ZoneId zone) {

  /** The start of the window that has the time in it. */
  Instant startOf(Instant time) {
    if (isDays()) {
      return time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
    long seconds = time.getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, length.toSeconds()));
  }

  /** The end of the window that begins there. */
  Instant end(Instant start) {
    return isDays()
        ? start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant()
        : start.plus(length);
  }

  /** The window so many days before, at the same time of the site's clock. */
  Instant before(Instant start, int days) {
    return startOf(start.atZone(zone).minusDays(days).toInstant());
  }

  private boolean isDays() {
    return length.equals(AlertRule.DAY);
  }
}
