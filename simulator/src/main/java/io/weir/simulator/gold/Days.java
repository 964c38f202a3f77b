package io.weir.simulator.gold;

import io.weir.simulator.json.JsonBuffer;
import java.nio.charset.StandardCharsets;

/** Days of UTC, counted from 1970 on. */
final class Days {
  static final long DAY = 86_400_000;
  private static final int DATE = "2026-03-01".length();

  private Days() {}

  static long of(long time) {
    return Math.floorDiv(time, DAY);
  }

  static String text(long day) {
    var json = new JsonBuffer(40).instant(day * DAY);
    return new String(json.bytes(), 0, DATE, StandardCharsets.US_ASCII);
  }

  /** From 1, which is Monday, to 7. */
  static long weekday(long day) {
    return Math.floorMod(day + 3, 7L) + 1;
  }

  /** The Monday of a day's week. */
  static long week(long day) {
    return day - weekday(day) + 1;
  }
}
