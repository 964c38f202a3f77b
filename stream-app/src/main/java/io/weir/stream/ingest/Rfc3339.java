package io.weir.stream.ingest;

/**
 * Reads RFC 3339 times with a zone, to the millisecond. Written out because it runs for every event
 * and {@code java.time} costs ten times as much.
 */
final class Rfc3339 {
  /** The result of {@link #parse} for a text that is not such a time. */
  static final long INVALID = Long.MIN_VALUE;

  private static final int SECONDS_END = 19;
  private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Rfc3339() {}

  static long parse(String text) {
    if (text.length() < SECONDS_END + 1 || !hasSeparators(text)) {
      return INVALID;
    }
    long seconds = seconds(text);
    int zoneAt = fractionEnd(text);
    if (seconds == INVALID || zoneAt < 0) {
      return INVALID;
    }
    long offset = offsetMinutes(text, zoneAt);
    return offset == INVALID
        ? INVALID
        : (seconds - offset * 60) * 1_000 + millis(text, SECONDS_END + 1, zoneAt);
  }

  /** Parses the date and time as if they were in UTC. */
  private static long seconds(String text) {
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    int second = digits(text, 17, 2);
    boolean isTime = (hour | minute | second) >= 0 && hour <= 23 && minute <= 59 && second <= 60;
    if ((year | month | day) < 0 || !isDate(year, month, day) || !isTime) {
      return INVALID;
    }
    return epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
  }

  /** The index at which the zone begins; -1 if a fraction has no digits or more than nine. */
  private static int fractionEnd(String text) {
    if (text.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end == SECONDS_END + 1 || end > SECONDS_END + 10 ? -1 : end;
  }

  private static boolean hasSeparators(String text) {
    char middle = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (middle == 'T' || middle == 't' || middle == ' ')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static int millis(String text, int from, int end) {
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      int at = from + i;
      millis = millis * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return millis;
  }

  private static long offsetMinutes(String text, int at) {
    int left = text.length() - at;
    if (left == 1) {
      char zone = text.charAt(at);
      return zone == 'Z' || zone == 'z' ? 0 : INVALID;
    }
    if (left != 6 || text.charAt(at + 3) != ':') {
      return INVALID;
    }
    int hours = digits(text, at + 1, 2);
    int minutes = digits(text, at + 4, 2);
    if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
      return INVALID;
    }
    return switch (text.charAt(at)) {
      case '+' -> hours * 60L + minutes;
      case '-' -> -(hours * 60L + minutes);
      default -> INVALID;
    };
  }

  private static boolean isDate(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    boolean isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= DAYS_IN_MONTH[month - 1] + (month == 2 && isLeap ? 1 : 0);
  }

  /** Days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March here. */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** The number, or -1 if a character is not a digit. */
  private static int digits(String text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
