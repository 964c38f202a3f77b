package io.weir.stream.gold;

import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The currencies that cells name. A stranger may invent codes: only the real ones are named, so a
 * cell has few.
 */
public final class GoldCurrency {
  private static final Set<String> REAL =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private GoldCurrency() {}

  /** The name of the currency in a cell; empty for none. */
  static String of(@Nullable String code) {
    if (code == null) {
      return "";
    }
    return isNamed(code) ? code : GoldValue.OTHER;
  }

  /** The codes that cells name, beside the empty one. */
  public static List<String> real() {
    return List.copyOf(REAL);
  }

  static boolean isNamed(String code) {
    return code.isEmpty() || REAL.contains(code);
  }
}
