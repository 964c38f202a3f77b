package io.weir.ingest.format;

import io.weir.ingest.event.Times;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads the times of web server logs: {@code 17/May/2015:10:05:03 +0000}. */
final class LogTime {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int LENGTH = 26;

  private String lastDate = "";
  private long lastDay;

  /** Epoch milliseconds, or {@link Times#INVALID}. */
  long parse(String text) {
    if (text.length() != LENGTH || text.charAt(11) != ':' || text.charAt(20) != ' ') {
      return Times.INVALID;
    }
    long day = day(text.substring(0, 11));
    int hour = number(text, 12);
    int minute = number(text, 15);
    int second = number(text, 18);
    int zoneHours = number(text, 22);
    int zoneMinutes = number(text, 24);
    if (day == Times.INVALID || (hour | minute | second | zoneHours | zoneMinutes) < 0) {
      return Times.INVALID;
    }
    if (hour > 23 || minute > 59 || second > 60 || zoneHours > 18 || zoneMinutes > 59) {
      return Times.INVALID;
    }
    int offset = (zoneHours * 60 + zoneMinutes) * (text.charAt(21) == '-' ? -1 : 1);
    return (day * 86_400 + (hour * 60L + minute - offset) * 60 + second) * 1_000;
  }

  /** Days since 1970. The last date is remembered, because a log repeats its dates. */
  private long day(String date) {
    if (!date.equals(lastDate)) {
      lastDay = parsedDay(date);
      lastDate = date;
    }
    return lastDay;
  }

  private static long parsedDay(String date) {
    int month = MONTHS.indexOf(date.substring(3, 6));
    int day = number(date, 0);
    int century = number(date, 7);
    int year = number(date, 9);
    if (month < 0 || month % 3 != 0 || (day | century | year) < 0) {
      return Times.INVALID;
    }
    try {
      return LocalDate.of(century * 100 + year, month / 3 + 1, day).toEpochDay();
    } catch (DateTimeException e) {
      return Times.INVALID; // 31/Feb
    }
  }

  /** Two digits, or -1. */
  private static int number(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
