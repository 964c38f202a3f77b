package io.weir.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the command line's own kinds of values are read. */
final class Options {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private Options() {}

  /** {@code 250ms}, {@code 30s}, {@code 10m}, {@code 24h}, {@code 7d} or ISO-8601. */
  static final class ADuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      Matcher matcher = SHORT_DURATION.matcher(value);
      try {
        Duration duration =
            matcher.matches()
                ? shortDuration(Long.parseLong(matcher.group(1)), matcher.group(2))
                : Duration.parse(value);
        if (!duration.isNegative()) {
          return duration;
        }
      } catch (DateTimeParseException | ArithmeticException e) {
        throw wrong(value, "a duration such as 10m, 24h or PT30M", e);
      }
      throw wrong(value, "a duration that is not negative", null);
    }

    private static Duration shortDuration(long amount, String unit) {
      return switch (unit) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }

  /** RFC 3339 in UTC. */
  static final class AnInstant implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
      try {
        return Instant.parse(value);
      } catch (DateTimeParseException e) {
        throw wrong(value, "a moment such as 2026-03-01T12:00:00Z", e);
      }
    }
  }

  /** A factor, or {@code max} for no waiting at all. */
  static final class Speed implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      if (value.equals("max")) {
        return Double.POSITIVE_INFINITY;
      }
      try {
        double speed = Double.parseDouble(value);
        if (speed > 0) {
          return speed;
        }
      } catch (NumberFormatException e) {
        throw wrong(value, "a factor such as 10, or max", e);
      }
      throw wrong(value, "a factor above 0, or max", null);
    }
  }

  private static TypeConversionException wrong(
      String value, String wanted, @Nullable Exception cause) {
    var wrong = new TypeConversionException("'" + value + "' is not " + wanted);
    if (cause != null) {
      wrong.initCause(cause);
    }
    return wrong;
  }
}
