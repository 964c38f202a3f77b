package io.weir.ingest.event;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads times: ISO 8601 with or without a zone, and epoch seconds, milliseconds, microseconds or
 * nanoseconds. The size of a number tells its unit.
 */
public final class Times {
  /** The result of {@link #parse} for any other text. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long LEAST = -2_208_988_800_000L; // 1900
  private static final long MOST = 32_503_680_000_000L; // 3000

  private final ZoneId zone;

  /**
   * Reads times.
   *
   * @param zone the zone of times that name none
   */
  public Times(ZoneId zone) {
    this.zone = zone;
  }

  /** Epoch milliseconds, or {@link #INVALID}. */
  public long parse(String text) {
    String stripped = text.strip();
    if (stripped.length() < 5) {
      return INVALID;
    }
    long time = isNumber(stripped) ? ofNumber(stripped) : ofIso(stripped);
    return time >= LEAST && time <= MOST ? time : INVALID;
  }

  private static boolean isNumber(String text) {
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      points += c == '.' ? 1 : 0;
      if ((c < '0' || c > '9') && (c != '.' || i == 0 || points > 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads an epoch number. Numbers since 1973 have 9 or 10 digits in seconds, 12 or 13 in
   * milliseconds, and so on.
   */
  private static long ofNumber(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    if (whole.length() < 9 || whole.length() > 19) {
      return INVALID;
    }
    try {
      long number = Long.parseLong(whole);
      if (whole.length() <= 11) {
        return number * 1_000 + (point < 0 ? 0 : millis(text, point + 1, text.length()));
      }
      if (whole.length() <= 14) {
        return number;
      }
      return whole.length() <= 17 ? number / 1_000 : number / 1_000_000;
    } catch (NumberFormatException e) {
      return INVALID; // 19 digits beyond 2^63
    }
  }

  private long ofIso(String text) {
    int end = text.length();
    if (end < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return INVALID;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    if ((year | month | day) < 0) {
      return INVALID;
    }
    try {
      if (end == 10) {
        return zoned(LocalDateTime.of(year, month, day, 0, 0), text, 10, 0);
      }
      return withTime(LocalDateTime.of(year, month, day, 0, 0), text);
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  private long withTime(LocalDateTime date, String text) {
    char middle = text.charAt(10);
    if ((middle != 'T' && middle != 't' && middle != ' ') || text.length() < 16) {
      return INVALID;
    }
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    boolean hasSeconds = text.length() >= 19 && text.charAt(16) == ':';
    int second = hasSeconds ? digits(text, 17, 2) : 0;
    if ((hour | minute | second) < 0 || text.charAt(13) != ':') {
      return INVALID;
    }
    int at = hasSeconds ? 19 : 16;
    int millis = 0;
    if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
      int from = at + 1;
      at = from;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      millis = millis(text, from, at);
    }
    // A leap second is read as the last second of its minute.
    return zoned(
        date.withHour(hour).withMinute(minute).withSecond(Math.min(second, 59)), text, at, millis);
  }

  private long zoned(LocalDateTime local, String text, int zoneAt, int millis) {
    String name = text.substring(zoneAt).strip();
    ZoneId where =
        switch (name) {
          case "" -> zone;
          case "Z", "z", "UTC", "GMT" -> ZoneOffset.UTC;
          default -> ZoneOffset.of(name.startsWith("UTC") ? name.substring(3) : name);
        };
    return local.atZone(where).toEpochSecond() * 1_000 + millis;
  }

  private static int millis(String text, int from, int end) {
    int millis = 0;
    for (int i = from; i < from + 3; i++) {
      millis = millis * 10 + (i < end ? text.charAt(i) - '0' : 0);
    }
    return millis;
  }

  /** The number, or -1 where a character is no digit. */
  static int digits(String text, int from, int count) {
    if (from + count > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
