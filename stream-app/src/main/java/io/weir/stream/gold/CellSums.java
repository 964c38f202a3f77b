package io.weir.stream.gold;

import io.weir.contract.avro.GoldCell;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a cell, or a difference between two. Most have few measures, so only those take
 * memory.
 */
final class CellSums {
  private static final long[] NONE = {};

  /** A bit for each measure that has a place in {@link #values}, in the same order. */
  private int measures;

  private long[] values = NONE;

  /** Null for none, as in most cells. */
  private @Nullable Money money;

  private record Money(CurrencySums revenue, CurrencySums refunded, CurrencySums goalValue) {
    private Money() {
      this(new CurrencySums(), new CurrencySums(), new CurrencySums());
    }

    private int size() {
      return revenue.size() + refunded.size() + goalValue.size();
    }

    private boolean isEmpty() {
      return size() == 0;
    }
  }

  static CellSums of(GoldCell cell) {
    var sums = new CellSums();
    for (Measure each : Measure.ALL) {
      sums.add(each, each.of(cell));
    }
    if (!cell.getRevenue().isEmpty()
        || !cell.getRefunded().isEmpty()
        || !cell.getGoalValue().isEmpty()) {
      sums.money().revenue.add(cell.getRevenue());
      sums.money().refunded.add(cell.getRefunded());
      sums.money().goalValue.add(cell.getGoalValue());
    }
    return sums;
  }

  /** Sets the numbers of a cell; its amounts are plain decimal text. */
  void fill(GoldCell cell) {
    int place = 0;
    for (int left = measures; left != 0; left &= left - 1) {
      Measure.ALL.get(Integer.numberOfTrailingZeros(left)).set(cell, values[place++]);
    }
    cell.setRevenue(money == null ? Map.of() : money.revenue.decimals());
    cell.setRefunded(money == null ? Map.of() : money.refunded.decimals());
    cell.setGoalValue(money == null ? Map.of() : money.goalValue.decimals());
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
    return money == null ? Collections.emptySortedMap() : money.revenue.byCurrency();
  }

  SortedMap<String, BigInteger> refunded() {
    return money == null ? Collections.emptySortedMap() : money.refunded.byCurrency();
  }

  SortedMap<String, BigInteger> goalValue() {
    return money == null ? Collections.emptySortedMap() : money.goalValue.byCurrency();
  }

  private Money money() {
    if (money == null) {
      money = new Money();
    }
    return money;
  }

  CellSums addRevenue(String currency, BigInteger more) {
    if (more.signum() != 0) {
      money().revenue.add(currency, more);
    }
    return this;
  }

  CellSums addRefunded(String currency, BigInteger more) {
    if (more.signum() != 0) {
      money().refunded.add(currency, more);
    }
    return this;
  }

  CellSums addGoalValue(String currency, BigInteger more) {
    if (more.signum() != 0) {
      money().goalValue.add(currency, more);
    }
    return this;
  }

  void add(CellSums more) {
    int place = 0;
    for (int left = more.measures; left != 0; left &= left - 1) {
      add(Integer.lowestOneBit(left), more.values[place++]);
    }
    if (more.money != null) {
      money().revenue.add(more.money.revenue);
      money().refunded.add(more.money.refunded);
      money().goalValue.add(more.money.goalValue);
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
    if (money != null) {
      negated.money().revenue.subtract(money.revenue);
      negated.money().refunded.subtract(money.refunded);
      negated.money().goalValue.subtract(money.goalValue);
    }
    return negated;
  }

  boolean isZero() {
    for (long each : values) {
      if (each != 0) {
        return false;
      }
    }
    return money == null || money.isEmpty();
  }

  /** A measure of the memory that the sums take. */
  int weight() {
    return money == null ? 1 : 1 + money.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellSums sums && plus(sums.negated()).isZero();
  }

  @Override
  public int hashCode() {
    int hash = 31 * (31 * revenue().hashCode() + refunded().hashCode()) + goalValue().hashCode();
    for (Measure each : Measure.ALL) {
      hash = 31 * hash + Long.hashCode(get(each));
    }
    return hash;
  }

  @Override
  public String toString() {
    return Integer.toBinaryString(measures)
        + Arrays.toString(values)
        + revenue()
        + refunded()
        + goalValue();
  }
}
