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
 * The sums of a cell, or a difference between two. Amounts are whole ten-thousandths of the
 * currency's unit, as large as need be; an amount of 0 has no entry.
 */
final class CellSums {
  private static final int SCALE = 4;

  private final long[] measures;

  /** Null for none, as in most cells. */
  private @Nullable SortedMap<String, BigInteger> amounts;

  CellSums() {
    this.measures = new long[Measure.COUNT];
  }

  static CellSums of(GoldCell cell) {
    var sums = new CellSums();
    Measure.read(cell, sums.measures);
    cell.getRevenue()
        .forEach((currency, amount) ->
            sums.addRevenue(
                currency, new BigDecimal(amount).movePointRight(SCALE).toBigIntegerExact()));
    return sums;
  }

  /** Sets the numbers of a cell; its amounts are plain decimal text. */
  void fill(GoldCell cell) {
    Measure.write(measures, cell);
    Map<String, String> revenue = HashMap.newHashMap(weight());
    revenue()
        .forEach((currency, amount) ->
            revenue.put(
                currency, new BigDecimal(amount, SCALE).stripTrailingZeros().toPlainString()));
    cell.setRevenue(revenue);
  }

  long get(Measure measure) {
    return measures[measure.place()];
  }

  CellSums add(Measure measure, long more) {
    measures[measure.place()] += more;
    return this;
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
    for (int i = 0; i < measures.length; i++) {
      measures[i] += more.measures[i];
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
    for (int i = 0; i < measures.length; i++) {
      negated.measures[i] = -measures[i];
    }
    revenue().forEach((currency, amount) -> negated.addRevenue(currency, amount.negate()));
    return negated;
  }

  boolean isZero() {
    for (long each : measures) {
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
    return other instanceof CellSums sums
        && Arrays.equals(measures, sums.measures)
        && revenue().equals(sums.revenue());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(measures) + revenue().hashCode();
  }

  @Override
  public String toString() {
    return Arrays.toString(measures) + revenue();
  }
}
