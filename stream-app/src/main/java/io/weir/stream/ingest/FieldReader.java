package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser;
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

  private FieldReader() {}

  /** Epoch milliseconds, or {@link #ABSENT}. */
  static long time(JsonParser json, String field) throws IOException, Refusal {
    return switch (json.currentToken()) {
      case VALUE_NULL -> ABSENT;
      case VALUE_NUMBER_INT -> epochMillis(json, field);
      case VALUE_STRING -> {
        String text = json.getText();
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
      default -> throw wrongType(json, field, "a time");
    };
  }

  private static long epochMillis(JsonParser json, String field) throws IOException, Refusal {
    JsonParser.NumberType type = json.getNumberType();
    if (type == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() == ABSENT) {
      throw Refusal.of(RejectReason.BAD_TIME, field, "is no plausible epoch time", json.getText());
    }
    return json.getLongValue();
  }

  /** Ten-thousandths, not negative; {@link #ABSENT} for null. */
  static long money(JsonParser json, String field) throws IOException, Refusal {
    return switch (json.currentToken()) {
      case VALUE_NULL -> ABSENT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> {
        long amount = Money.parse(json.getText());
        if (amount == Money.INVALID || amount < 0) {
          throw Refusal.of(
              RejectReason.BAD_VALUE, field, "is no amount from 0 to 10^14", json.getText());
        }
        yield amount;
      }
      default -> throw wrongType(json, field, "a decimal number");
    };
  }

  /** A whole number from least on that fits an int, or null. */
  static @Nullable Integer integer(JsonParser json, String field, int least)
      throws IOException, Refusal {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> {
        if (json.getNumberType() != JsonParser.NumberType.INT || json.getIntValue() < least) {
          throw Refusal.of(
              RejectReason.BAD_VALUE,
              field,
              "is no whole number from " + least + " to " + Integer.MAX_VALUE,
              json.getText());
        }
        yield json.getIntValue();
      }
      default -> throw wrongType(json, field, "a whole number");
    };
  }

  static @Nullable Boolean flag(JsonParser json, String field) throws IOException, Refusal {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrongType(json, field, "true or false");
    };
  }

  static Refusal wrongType(JsonParser json, String field, String wanted) {
    return new Refusal(
        RejectReason.WRONG_TYPE, field + " must be " + wanted + ", is " + named(json));
  }

  private static String named(JsonParser json) {
    JsonToken token = json.currentToken();
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
