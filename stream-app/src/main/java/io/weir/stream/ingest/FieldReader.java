package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.contract.RejectReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value the parser stands on as the type a field has, or refuses it; {@link TextReader}
 * reads text. Null counts as absent.
 */
final class FieldReader {
  static final long ABSENT = Long.MIN_VALUE;

  private static final long FIRST_TIME = -62_167_219_200_000L;
  private static final long LAST_TIME = 253_402_300_799_999L;

  private FieldReader() {}

  /** Epoch milliseconds, or {@link #ABSENT}. */
  static long time(Tokens tokens, String field) throws IOException, Refusal {
    return switch (tokens.current()) {
      case VALUE_NULL -> ABSENT;
      case VALUE_NUMBER_INT -> epochMillis(tokens, field);
      case VALUE_STRING -> {
        String text = tokens.text();
        if (text.isEmpty()) {
          yield ABSENT;
        }
        long time = Rfc3339.parse(text);
        if (time == Rfc3339.INVALID) {
          throw Refusal.of(
              RejectReason.BAD_TIME,
              field,
              "is neither RFC 3339 with a zone nor epoch milliseconds",
              text);
        }
        yield time;
      }
      default -> throw wrongType(tokens, field, "a time");
    };
  }

  /** Like {@link #time}, for years from 0 to 9999 only: nothing checks this time later on. */
  static long storableTime(Tokens tokens, String field) throws IOException, Refusal {
    long time = time(tokens, field);
    if (time != ABSENT && (time < FIRST_TIME || time > LAST_TIME)) {
      throw Refusal.of(RejectReason.BAD_TIME, field, "is no plausible epoch time", tokens.text());
    }
    return time;
  }

  private static long epochMillis(Tokens tokens, String field) throws IOException, Refusal {
    NumberType type = tokens.numberType();
    if (type == NumberType.BIG_INTEGER || tokens.longValue() == ABSENT) {
      throw Refusal.of(RejectReason.BAD_TIME, field, "is no plausible epoch time", tokens.text());
    }
    return tokens.longValue();
  }

  /** Ten-thousandths, not negative; {@link #ABSENT} for null. */
  static long money(Tokens tokens, String field) throws IOException, Refusal {
    return switch (tokens.current()) {
      case VALUE_NULL -> ABSENT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> {
        long amount = Money.parse(tokens.text());
        if (amount == Money.INVALID || amount < 0) {
          throw Refusal.of(
              RejectReason.BAD_VALUE, field, "is no amount from 0 to 10^14", tokens.text());
        }
        yield amount;
      }
      default -> throw wrongType(tokens, field, "a decimal number");
    };
  }

  /** A whole number of at least {@code least} that fits an int; null for null. */
  static @Nullable Integer integer(Tokens tokens, String field, int least)
      throws IOException, Refusal {
    return integer(tokens, field, least, Integer.MAX_VALUE);
  }

  /** A whole number between two that count; null for null. */
  static @Nullable Integer integer(Tokens tokens, String field, int least, int most)
      throws IOException, Refusal {
    return switch (tokens.current()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> {
        if (tokens.numberType() != NumberType.INT
            || tokens.longValue() < least
            || tokens.longValue() > most) {
          throw Refusal.of(
              RejectReason.BAD_VALUE,
              field,
              "is no whole number from " + least + " to " + most,
              tokens.text());
        }
        yield (int) tokens.longValue();
      }
      default -> throw wrongType(tokens, field, "a whole number");
    };
  }

  static @Nullable Boolean flag(Tokens tokens, String field) throws IOException, Refusal {
    return switch (tokens.current()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrongType(tokens, field, "true or false");
    };
  }

  static Refusal wrongType(Tokens tokens, String field, String wanted) {
    return new Refusal(
        RejectReason.WRONG_TYPE, field + " must be " + wanted + ", is " + named(tokens));
  }

  private static String named(Tokens tokens) {
    JsonToken token = tokens.current();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> String.valueOf(token);
    };
  }
}
