package io.weir.stream.gold;

import io.weir.contract.avro.GoldCell;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a cell, or a difference between two. Most have few measures, so only those take
 * memory. Amounts are whole ten-thousandths of the currency's unit, as large as need be; an amount
 * of 0 has no entry.
 */
final class CellSums {
  private static final int SCALE = 4;

  private static final long[] NONE = {};

  /** A bit for each measure that has a place in {@link #values}, in the same order. */
  private int measures;

  private long[] values = NONE;

  /** Null for none, as in most cells. */
  private @Nullable SortedMap<String, BigInteger> amounts;

  static CellSums of(GoldCell cell) {
    var sums = new CellSums();
    for (Measure each : Measure.ALL) {
      sums.add(each, each.of(cell));
    }
    cell.getRevenue()
        .forEach((currency, amount) ->
            sums.addRevenue(
                currency, new BigDecimal(amount).movePointRight(SCALE).toBigIntegerExact()));
    return sums;
  }

  /** Sets the numbers of a cell; its amounts are plain decimal text. */
  void fill(GoldCell cell) {
    int place = 0;
    for (int left = measures; left != 0; left &= left - 1) {
      Measure.ALL.get(Integer.numberOfTrailingZeros(left)).set(cell, values[place++]);
    }
    Map<String, String> revenue = HashMap.newHashMap(weight());
    revenue()
        .forEach((currency, amount) ->
            revenue.put(
                currency, new BigDecimal(amount, SCALE).stripTrailingZeros().toPlainString()));
    cell.setRevenue(revenue);
  }

  long get(Measure measure) {
    int bit = 1 << measure.place();
    return (measures & bit) == 0 ? 0 : values[place(bit)];
  }

  CellSums add(Measure measure, long more) {
    if (more != 0) {
      add(1 << measure.place(), more);
    }
    return this;
  }

  private int place(int bit) {
    return Integer.bitCount(measures & (bit - 1));
  }

  private void add(int bit, long more) {
    int place = place(bit);
    if ((measures & bit) == 0) {
      var wider = new long[values.length + 1];
      System.arraycopy(values, 0, wider, 0, place);
      System.arraycopy(values, place, wider, place + 1, values.length - place);
      values = wider;
      measures |= bit;
    }
    values[place] += more;
  }

  SortedMap<String, BigInteger> revenue() {
    return amounts == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(amounts);
  }

  CellSums addRevenue(String currency, BigInteger more) {
    if (more.signum() == 0) {
      return this;
    }
    if (amounts == null) {
      amounts = new TreeMap<>();
    }
    amounts.merge(currency, more, CellSums::plusOrNone);
    return this;
  }

  // NullAway cannot say that null removes the entry.
  @SuppressWarnings("NullAway")
  private static BigInteger plusOrNone(BigInteger one, BigInteger other) {
    BigInteger sum = one.add(other);
    return sum.signum() == 0 ? null : sum;
  }

  void add(CellSums more) {
    int place = 0;
    for (int left = more.measures; left != 0; left &= left - 1) {
      add(Integer.lowestOneBit(left), more.values[place++]);
    }
    if (more.amounts != null) {
      more.amounts.forEach(this::addRevenue);
    }
  }

  CellSums plus(CellSums more) {
    var sum = new CellSums();
    sum.add(this);
    sum.add(more);
    return sum;
  }

  /** The same numbers with the opposite sign. */
  CellSums negated() {
    var negated = new CellSums();
    negated.measures = measures;
    negated.values = values.clone();
    for (int i = 0; i < values.length; i++) {
      negated.values[i] = -values[i];
    }
    revenue().forEach((currency, amount) -> negated.addRevenue(currency, amount.negate()));
    return negated;
  }

  boolean isZero() {
    for (long each : values) {
      if (each != 0) {
        return false;
      }
    }
    return amounts == null || amounts.isEmpty();
  }

  /** A measure of the memory that the sums take. */
  int weight() {
    return amounts == null ? 1 : 1 + amounts.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellSums sums && plus(sums.negated()).isZero();
  }

  @Override
  public int hashCode() {
    int hash = revenue().hashCode();
    for (Measure each : Measure.ALL) {
      hash = 31 * hash + Long.hashCode(get(each));
    }
    return hash;
  }

  @Override
  public String toString() {
    return Integer.toBinaryString(measures) + Arrays.toString(values) + revenue();
  }
}
