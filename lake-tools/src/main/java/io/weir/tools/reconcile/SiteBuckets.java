package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The starts of the buckets of a grain; days are those of the site's time zone. */
record SiteBuckets(Grain grain, ZoneId zone) {
  private static final long MINUTE_SECONDS = 60;
  private static final long QUARTER_SECONDS = 900;

  /** The start of the bucket that a time lies in. */
  Instant startOf(Instant time) {
    return switch (grain) {
      case MINUTE -> startOf(time, MINUTE_SECONDS);
      case QUARTER -> startOf(time, QUARTER_SECONDS);
      case DAY -> day(LocalDate.ofInstant(time, zone));
    };
  }

  private static Instant startOf(Instant time, long seconds) {
    long second = time.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, seconds));
  }

  /** The start of the first bucket that starts behind a time. */
  Instant next(Instant time) {
    return switch (grain) {
      case MINUTE -> startOf(time).plusSeconds(MINUTE_SECONDS);
      case QUARTER -> startOf(time).plusSeconds(QUARTER_SECONDS);
      case DAY -> nextDay(time);
    };
  }

  /** The first start of a bucket that is not before a time. */
  Instant notBefore(Instant time) {
    Instant start = startOf(time);
    return start.isBefore(time) ? next(time) : start;
  }

  /** The starts of all buckets that have a part of the time from the first to the last one. */
  List<Instant> covering(Instant first, Instant last) {
    var starts = new ArrayList<Instant>();
    for (Instant start = startOf(first); !start.isAfter(last); start = next(start)) {
      starts.add(start);
    }
    return starts;
  }

  /** Skips a date that a zone left out when it moved across the date line. */
  private Instant nextDay(Instant time) {
    LocalDate date = LocalDate.ofInstant(time, zone);
    Instant next;
    do {
      date = date.plusDays(1);
      next = day(date);
    } while (!next.isAfter(time));
    return next;
  }

  /** The start of a day since 1970, in milliseconds. */
  long ofDay(long day) {
    return day(LocalDate.ofEpochDay(day)).toEpochMilli();
  }

  private Instant day(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }
}
