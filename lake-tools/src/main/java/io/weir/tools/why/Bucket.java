package io.weir.tools.why;

import io.weir.process.StartupException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 15 minutes, an hour or a day.
 *
 * @param to behind the last moment
 */
record Bucket(Instant from, Instant to) {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d)(?::(\\d\\d)(?::00)?)?(Z|[+-]\\d\\d:\\d\\d)?");

  /** Parses a bucket. Days, and times without an offset, are those of the zone. */
  static Bucket parse(String text, ZoneId zone) {
    try {
      if (DAY.matcher(text).matches()) {
        return day(LocalDate.parse(text), zone);
      }
      Matcher time = TIME.matcher(text);
      if (time.matches()) {
        return time(time, zone);
      }
    } catch (DateTimeException e) {
      throw new StartupException(explained(text), e);
    }
    throw new StartupException(explained(text));
  }

  private static Bucket day(LocalDate date, ZoneId zone) {
    var bucket =
        new Bucket(
            date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
    if (!bucket.from.isBefore(bucket.to)) {
      throw new StartupException(zone + " has no day " + date);
    }
    return bucket;
  }

  private static Bucket time(Matcher text, ZoneId zone) {
    String minute = text.group(3);
    var local =
        LocalDateTime.of(
            LocalDate.parse(text.group(1)),
            LocalTime.of(
                Integer.parseInt(text.group(2)), minute == null ? 0 : Integer.parseInt(minute)));
    Instant from = local.toInstant(offset(text.group(4), local, zone));
    if (minute == null) {
      return new Bucket(from, from.plus(HOUR));
    }
    if (from.getEpochSecond() % QUARTER.toSeconds() != 0) {
      throw new StartupException(
          "no bucket of 15 minutes starts at "
              + local
              + "; they start at minute 00, 15, 30 and 45");
    }
    return new Bucket(from, from.plus(QUARTER));
  }

  private static ZoneOffset offset(@Nullable String given, LocalDateTime local, ZoneId zone) {
    if (given != null) {
      return ZoneOffset.of(given);
    }
    List<ZoneOffset> possible = zone.getRules().getValidOffsets(local);
    if (possible.isEmpty()) {
      throw new StartupException(zone + " has no time " + local + ", because clocks were set");
    }
    if (possible.size() > 1) {
      throw new StartupException(
          zone + " had " + local + " twice: add " + possible.get(0) + " or " + possible.get(1));
    }
    return possible.getFirst();
  }

  private static String explained(String text) {
    return "BUCKET "
        + text
        + " is not a day such as 2026-03-01, an hour such as 2026-03-01T12,"
        + " or 15 minutes such as 2026-03-01T12:15 or 2026-03-01T12:15Z";
  }
}
