package io.weir.simulator.gold;

/** Numbers and amounts that are added up. */
final class Sums {
  private final long[] numbers = new long[Measure.values().length];
  final Money revenue = new Money();
  final Money refunded = new Money();
  final Money goalValue = new Money();

  Sums add(Measure measure, long number) {
    numbers[measure.ordinal()] += number;
    return this;
  }

  long get(Measure measure) {
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
