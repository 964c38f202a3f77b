package io.weir.training;

import io.weir.process.Durations;
import io.weir.process.StartupException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Parses a time: with a zone, as a day (UTC), or as a duration before now. */
final class TimeOption {
  private static final Pattern AGO = Pattern.compile("\\d{1,6}[smhd]");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private TimeOption() {}

  static Instant parse(String option, String text, Clock clock) {
    try {
      if (AGO.matcher(text).matches()) {
        return clock.instant().minus(Durations.parse(text));
      }
      return DAY.matcher(text).matches()
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new StartupException(
          option
              + " "
              + text
              + " is not a time such as 2026-03-01T12:00:00Z, a day such as 2026-03-01,"
              + " or how long ago: 30m, 2h, 7d",
          e);
    }
  }
}
