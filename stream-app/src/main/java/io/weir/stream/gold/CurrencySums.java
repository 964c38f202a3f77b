package io.weir.stream.gold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Amounts by currency: whole ten-thousandths of the currency's unit, as large as need be. An amount
 * of 0 has no entry.
 */
final class CurrencySums {
  private static final int SCALE = 4;

  /** Null for none, as in most cells. */
  private @Nullable SortedMap<String, BigInteger> amounts;

  void add(Map<String, String> decimals) {
    decimals.forEach((currency, amount) ->
        add(currency, new BigDecimal(amount).movePointRight(SCALE).toBigIntegerExact()));
  }

  void add(CurrencySums more) {
    if (more.amounts != null) {
      more.amounts.forEach(this::add);
    }
  }

  void subtract(CurrencySums less) {
    if (less.amounts != null) {
      less.amounts.forEach((currency, amount) -> add(currency, amount.negate()));
    }
  }

  void add(String currency, BigInteger more) {
    if (more.signum() == 0) {
      return;
    }
    if (amounts == null) {
      amounts = new TreeMap<>();
    }
    amounts.merge(currency, more, CurrencySums::plusOrNone);
  }

  // NullAway cannot say that null removes the entry.
  @SuppressWarnings("NullAway")
  private static BigInteger plusOrNone(BigInteger one, BigInteger other) {
    BigInteger sum = one.add(other);
    return sum.signum() == 0 ? null : sum;
  }

  SortedMap<String, BigInteger> byCurrency() {
    return amounts == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(amounts);
  }

  /** The amounts as plain decimal text. */
  Map<String, String> decimals() {
    Map<String, String> decimals = HashMap.newHashMap(size());
    byCurrency()
        .forEach((currency, amount) ->
            decimals.put(
                currency, new BigDecimal(amount, SCALE).stripTrailingZeros().toPlainString()));
    return decimals;
  }

  int size() {
    return amounts == null ? 0 : amounts.size();
  }
}
