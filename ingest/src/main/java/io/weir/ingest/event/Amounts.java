package io.weir.ingest.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts and quantities in the form of the wire contract. */
final class Amounts {
  private static final int LONGEST = 40;
  private static final BigDecimal LIMIT = new BigDecimal("100000000000000");

  /** Weir refuses an event with more of one product. */
  private static final int MOST = 10_000_000;

  private Amounts() {}

  /** The amount unchanged if it is a decimal number from 0 to 10^14, else null. */
  static @Nullable String amount(@Nullable String text) {
    BigDecimal number = number(text);
    return number == null || number.signum() < 0 || number.compareTo(LIMIT) >= 0
        ? null
        : number.toPlainString();
  }

  /**
   * A whole number from 1 to 10,000,000, also one written with decimals that are zero; 0 for any
   * other text.
   */
  static int quantity(@Nullable String text) {
    BigDecimal number = number(text);
    if (number == null || number.signum() <= 0 || number.compareTo(LIMIT) >= 0) {
      return 0;
    }
    try {
      int quantity = number.intValueExact();
      return quantity > MOST ? 0 : quantity;
    } catch (ArithmeticException e) {
      return 0; // a fraction, or beyond 2^31
    }
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    try {
      var number = new BigDecimal(text.strip());
      return Math.abs(number.scale()) > LONGEST ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
