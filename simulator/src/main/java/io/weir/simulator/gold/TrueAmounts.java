package io.weir.simulator.gold;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Amounts in cents by currency. */
final class TrueAmounts {
  /** Mostly there is none. */
  private Map<String, Long> cents = Map.of();

  TrueAmounts add(String currency, long amount) {
    if (cents.isEmpty()) {
      cents = new TreeMap<>();
    }
    cents.merge(currency, amount, Long::sum);
    return this;
  }

  TrueAmounts addAll(TrueAmounts others) {
    others.cents.forEach(this::add);
    return this;
  }

  /** The amounts above zero. */
  TrueAmounts positive() {
    var positive = new TrueAmounts();
    cents.forEach((currency, amount) -> {
      if (amount > 0) {
        positive.add(currency, amount);
      }
    });
    return positive;
  }

  Map<String, Long> cents() {
    return Map.copyOf(cents);
  }

  /** For instance {@code EUR=1.5,USD=20}; nothing for amounts of zero. */
  @Override
  public String toString() {
    return cents.entrySet().stream()
        .filter(one -> one.getValue() != 0)
        .map(one -> one.getKey() + '=' + Decimals.cents(one.getValue()))
        .collect(Collectors.joining(","));
  }
}
