package io.weir.simulator.gold;

/** Numbers and amounts that are added up. */
@SuppressWarnings("EnumOrdinal") // Nothing is stored: there are many, and an array is small.
final class Sums {
  private final long[] numbers = new long[GoldNumber.values().length];
  final TrueAmounts revenue = new TrueAmounts();
  final TrueAmounts refunded = new TrueAmounts();
  final TrueAmounts goalValue = new TrueAmounts();

  Sums add(GoldNumber measure, long number) {
    numbers[measure.ordinal()] += number;
    return this;
  }

  long get(GoldNumber measure) {
    return numbers[measure.ordinal()];
  }

  Sums addAll(Sums others) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += others.numbers[i];
    }
    revenue.addAll(others.revenue);
    refunded.addAll(others.refunded);
    goalValue.addAll(others.goalValue);
    return this;
  }
}
