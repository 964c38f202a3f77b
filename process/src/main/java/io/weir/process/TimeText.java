package io.weir.process;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a time: with a zone, as a day (UTC), or as a duration before now. */
public final class TimeText {
  private static final Pattern AGO = Pattern.compile("\\d{1,6}[smhd]");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private TimeText() {}

  public static Instant parse(String option, String text, Clock clock) {
    try {
      if (AGO.matcher(text).matches()) {
        return clock.instant().minus(Durations.parse(text));
      }
      OffsetDateTime time =
          DAY.matcher(text).matches()
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      throw bad(option, text, e);
    }
    throw bad(option, text, null);
  }

  private static StartupException bad(
      String option, String text, @Nullable DateTimeException cause) {
    String message =
        option
            + " "
            + text
            + " is not a time such as 2026-03-01T12:00:00Z, a day such as 2026-03-01,"
            + " or how long ago: 30m, 2h, 7d";
    return cause == null ? new StartupException(message) : new StartupException(message, cause);
  }
}
