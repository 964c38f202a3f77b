package io.weir.stream.query.metrics;

import io.weir.stream.gold.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sums from which a formula computes one value. A sum stops at the largest number. */
final class Sum {
  private static final int RATIO_DIGITS = 6;
  private static final int MONEY_DIGITS = 4;

  private long above;
  private long below;
  private Map<String, BigDecimal> money = Map.of();

  /** Whether a cell has anything to add. */
  static boolean isAffected(Formula formula, StoredCell cell) {
    return switch (formula) {
      case Formula.Sum(Measure of) -> cell.number(of) != 0;
      case Formula.Ratio(Measure upper, Measure lower, int _) ->
          cell.number(upper) != 0 || cell.number(lower) != 0;
      case Formula.Share(Measure upper, Measure lower) ->
          cell.number(upper) != 0 || cell.number(lower) != 0;
      case Formula.Money(Formula.Amount of) ->
          (of.hasRevenue() && cell.hasRevenue())
              || (of.hasRefunded() && cell.hasRefunded())
              || (of.hasGoalValue() && cell.hasGoalValue());
      case Formula.Visitors(Formula.VisitorKind _) -> cell.number(Measure.VISITORS) != 0;
      case Formula.RowMean _ -> false;
    };
  }

  /** Adds a cell of a formula that needs nothing but the cell. */
  void add(Formula formula, StoredCell cell) {
    switch (formula) {
      case Formula.Sum(Measure of) -> above = plus(above, cell.number(of));
      case Formula.Ratio(Measure upper, Measure lower, int _) -> {
        above = plus(above, cell.number(upper));
        below = plus(below, cell.number(lower));
      }
      case Formula.Share(Measure upper, Measure lower) -> {
        above = plus(above, cell.number(upper));
        below = plus(below, cell.number(lower));
      }
      case Formula.Money(Formula.Amount of) -> add(of, cell);
      case Formula.Visitors(Formula.VisitorKind _) ->
          above = plus(above, cell.number(Measure.VISITORS));
      case Formula.RowMean _ -> throw new IllegalArgumentException("cells have no " + formula);
    }
  }

  void addBelow(long more) {
    below = plus(below, more);
  }

  /** Takes over the lower sum of another. */
  void useBelow(Sum total) {
    below = total.below;
  }

  private void add(Formula.Amount of, StoredCell cell) {
    if (of.hasGoalValue()) {
      cell.eachGoalValue((currency, amount) -> add(currency, new BigDecimal(amount)));
    }
    if (of.hasRevenue()) {
      cell.eachRevenue((currency, amount) -> add(currency, new BigDecimal(amount)));
    }
    if (of.hasRefunded()) {
      boolean isSubtracted = of == Formula.Amount.NET;
      cell.eachRefunded((currency, amount) -> {
        BigDecimal refunded = new BigDecimal(amount);
        add(currency, isSubtracted ? refunded.negate() : refunded);
      });
    }
  }

  void add(Sum other) {
    above = plus(above, other.above);
    below = plus(below, other.below);
    other.money.forEach(this::add);
  }

  void add(PartialSums.Row row) {
    above = plus(above, row.above());
    below = plus(below, row.below());
    Map<String, String> amounts = row.money();
    if (amounts != null) {
      amounts.forEach((currency, amount) -> add(currency, new BigDecimal(amount)));
    }
  }

  private void add(String currency, BigDecimal amount) {
    if (money.isEmpty()) {
      money = new TreeMap<>();
    }
    money.merge(currency, amount, BigDecimal::add);
  }

  private static long plus(long one, long other) {
    long sum = one + other;
    boolean isTooLarge = ((one ^ sum) & (other ^ sum)) < 0;
    return isTooLarge ? Long.MAX_VALUE : sum;
  }

  PartialSums.Row row(int period, int bucket, String group) {
    var amounts = new TreeMap<String, String>();
    money.forEach((currency, amount) -> amounts.put(currency, amount.toPlainString()));
    return new PartialSums.Row(
        period, bucket, group, above, below, amounts.isEmpty() ? null : amounts);
  }

  Map<String, BigDecimal> money() {
    return money;
  }

  /** The size by which values are ordered: a ratio counts for as much as it is a ratio of. */
  BigDecimal size(Formula formula, @Nullable String currency) {
    return switch (formula) {
      case Formula.Ratio _, Formula.RowMean _ -> BigDecimal.valueOf(below);
      case Formula.Money _ ->
          currency == null ? BigDecimal.ZERO : money.getOrDefault(currency, BigDecimal.ZERO);
      case Formula.Sum _, Formula.Share _, Formula.Visitors _ -> BigDecimal.valueOf(above);
    };
  }

  /** The value of the metric; null for a ratio whose lower sum is 0. */
  @Nullable BigDecimal value(Formula formula, @Nullable String currency) {
    return switch (formula) {
      case Formula.Sum _, Formula.Visitors _ -> BigDecimal.valueOf(above);
      case Formula.Ratio(Measure _, Measure _, int divisor) -> ratio(divisor);
      case Formula.RowMean(String _, int divisor) -> ratio(divisor);
      case Formula.Share _ -> ratio(1);
      case Formula.Money _ -> amount(size(formula, currency));
    };
  }

  private @Nullable BigDecimal ratio(int divisor) {
    return below == 0
        ? null
        : BigDecimal.valueOf(above)
            .divide(
                BigDecimal.valueOf(below).multiply(BigDecimal.valueOf(divisor)),
                RATIO_DIGITS,
                RoundingMode.HALF_UP);
  }

  /** The amount with four decimals, or as many more as it takes to be exact. */
  private static BigDecimal amount(BigDecimal exact) {
    return exact.setScale(Math.max(MONEY_DIGITS, exact.stripTrailingZeros().scale()));
  }
}
