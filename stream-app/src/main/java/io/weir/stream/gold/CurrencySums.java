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
  private static final long UNIT = 10_000;
  private static final int BASE = 10;

  /** The only currency, as in most cells; null for none, or for {@link #several}. */
  private @Nullable String only;

  /** The amount of the only currency. */
  private long amount;

  /** Null until there are several currencies, or an amount beyond a long. */
  private @Nullable SortedMap<String, BigInteger> several;

  void add(Map<String, String> decimals) {
    decimals.forEach((currency, decimal) ->
        add(currency, new BigDecimal(decimal).movePointRight(SCALE).toBigIntegerExact()));
  }

  void add(CurrencySums more) {
    if (more.several != null) {
      more.several.forEach(this::add);
    } else if (more.only != null) {
      add(more.only, more.amount);
    }
  }

  void subtract(CurrencySums less) {
    less.byCurrency().forEach((currency, each) -> add(currency, each.negate()));
  }

  void add(String currency, BigInteger more) {
    if (more.bitLength() < Long.SIZE) {
      add(currency, more.longValue());
    } else {
      addToSeveral(currency, more);
    }
  }

  void add(String currency, long more) {
    if (more == 0) {
      return;
    }
    long sum = amount + more;
    boolean isOnly = several == null && (only == null || only.equals(currency));
    if (isOnly && !isOverflow(amount, more, sum)) {
      amount = sum;
      only = sum == 0 ? null : currency;
    } else {
      addToSeveral(currency, BigInteger.valueOf(more));
    }
  }

  /** As in {@link Math#addExact(long, long)}. */
  private static boolean isOverflow(long one, long other, long sum) {
    return ((one ^ sum) & (other ^ sum)) < 0;
  }

  private void addToSeveral(String currency, BigInteger more) {
    if (several == null) {
      several = new TreeMap<>(byCurrency());
      only = null;
      amount = 0;
    }
    several.merge(currency, more, CurrencySums::plusOrNone);
  }

  // NullAway cannot say that null removes the entry.
  @SuppressWarnings("NullAway")
  private static BigInteger plusOrNone(BigInteger one, BigInteger other) {
    BigInteger sum = one.add(other);
    return sum.signum() == 0 ? null : sum;
  }

  SortedMap<String, BigInteger> byCurrency() {
    if (several != null) {
      return Collections.unmodifiableSortedMap(several);
    }
    return only == null
        ? Collections.emptySortedMap()
        : new TreeMap<>(Map.of(only, BigInteger.valueOf(amount)));
  }

  /** The amounts as plain decimal text. */
  Map<String, String> decimals() {
    if (several == null) {
      return only == null ? Map.of() : Map.of(only, decimal(amount));
    }
    Map<String, String> decimals = HashMap.newHashMap(several.size());
    several.forEach((currency, each) ->
        decimals.put(currency, new BigDecimal(each, SCALE).stripTrailingZeros().toPlainString()));
    return decimals;
  }

  /** The text that a {@link BigDecimal} would have, for less. */
  private static String decimal(long amount) {
    long whole = amount / UNIT;
    long fraction = Math.abs(amount % UNIT);
    var text = new StringBuilder(Long.BYTES * 3);
    text.append(amount < 0 && whole == 0 ? "-" : "").append(whole);
    if (fraction != 0) {
      text.append('.');
      for (long left = fraction * BASE; left != 0; left = left % UNIT * BASE) {
        text.append((char) ('0' + left / UNIT));
      }
    }
    return text.toString();
  }

  int size() {
    return several != null ? several.size() : only == null ? 0 : 1;
  }
}
