package io.weir.simulator;

import io.weir.process.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the command line's own kinds of values are read. */
final class Options {
  private Options() {}

  /** A length of time as settings have it: {@code 30s}, {@code 10m}, {@code 24h}. */
  static final class ADuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return Durations.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
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
