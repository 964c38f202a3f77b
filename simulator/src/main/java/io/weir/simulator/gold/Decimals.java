package io.weir.simulator.gold;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact decimals as texts, without zeros at the end. */
final class Decimals {
  private Decimals() {}

  static String ratio(long part, long whole, int scale) {
    return text(
        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), scale, RoundingMode.HALF_UP));
  }

  static String cents(long cents) {
    return text(BigDecimal.valueOf(cents, 2));
  }

  static String rounded(double value) {
    return text(BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP));
  }

  private static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
