package io.weir.simulator.visit;

import java.util.List;

/** A short list from which elements are drawn by weight. */
public final class Weighted<T> {
  private final List<T> items;
  private final double[] upTo;

  public Weighted(List<T> items, List<Double> weights) {
    if (items.isEmpty() || items.size() != weights.size()) {
      throw new IllegalArgumentException(items.size() + " items, " + weights.size() + " weights");
    }
    this.items = List.copyOf(items);
    this.upTo = new double[weights.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += weights.get(i);
      upTo[i] = sum;
    }
  }

  T draw(Chance chance) {
    return items.get(drawIndex(chance));
  }

  int drawIndex(Chance chance) {
    double target = chance.unit() * upTo[upTo.length - 1];
    int i = 0;
    while (upTo[i] <= target) {
      i++;
    }
    return i;
  }

  T get(int index) {
    return items.get(index);
  }

  int size() {
    return items.size();
  }
}
