package io.weir.stream.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact amounts as ten-thousandths of the currency's unit. */
final class Money {
  /** The result of {@link #parse} for other text, or an amount beyond ±99,999,999,999,999.9999. */
  static final long INVALID = Long.MIN_VALUE;

  private static final int SCALE = 4;
  private static final int PLAIN_DIGITS = 14;
  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private Money() {}

  static long parse(String text) {
    long plain = plain(text);
    return plain != INVALID ? plain : general(text);
  }

  /**
   * The sum of an amount and the price of some pieces, none of them negative; or {@link #INVALID}
   * beyond the limit of amounts.
   */
  static long plus(long amount, long price, int quantity) {
    boolean isWithin = price <= (LIMIT - 1 - amount) / quantity;
    return isWithin ? amount + price * quantity : INVALID;
  }

  /** The common form: digits, at most one point and four digits behind it. */
  private static long plain(String text) {
    long amount = 0;
    int point = -1;
    int length = text.length();
    if (length == 0 || length > PLAIN_DIGITS + 1) {
      return INVALID;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        amount = amount * 10 + (c - '0');
      } else if (c == '.' && point < 0 && i > 0) {
        point = i;
      } else {
        return INVALID;
      }
    }
    int decimals = point < 0 ? 0 : length - 1 - point;
    if (decimals > SCALE || (point >= 0 && decimals == 0)) {
      return INVALID;
    }
    for (int i = decimals; i < SCALE; i++) {
      amount *= 10;
    }
    return amount;
  }

  private static long general(String text) {
    if (text.length() > 100) {
      return INVALID;
    }
    try {
      var amount = new BigDecimal(text);
      // Checked before any arithmetic: setScale would take minutes for all digits of 1e600000000.
      long magnitude = (long) amount.precision() - amount.scale();
      if (magnitude > PLAIN_DIGITS || amount.scale() > 100) {
        return INVALID;
      }
      long e4 = amount.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
      return Math.abs(e4) < LIMIT ? e4 : INVALID;
    } catch (ArithmeticException | NumberFormatException e) {
      return INVALID;
    }
  }
}
