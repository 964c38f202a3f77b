package io.weir.process;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one parser of lengths of time in settings, options and filters. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads {@code 250ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 30d} or ISO-8601.
   *
   * @throws IllegalArgumentException with the text and what would be right
   */
  public static Duration parse(String text) {
    Duration duration;
    try {
      Matcher matcher = SHORT.matcher(text);
      duration =
          matcher.matches()
              ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          text + " is not a duration such as 30s, 5m, 24h or PT30M", e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException(text + " is not a duration that is not negative");
    }
    return duration;
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
