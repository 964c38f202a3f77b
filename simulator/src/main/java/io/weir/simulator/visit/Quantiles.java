package io.weir.simulator.visit;

/** A measured distribution as knots of its quantile function; draws use the inverse CDF. */
public final class Quantiles {
  private static final int GRID = 100_000;

  private final double[] shares;
  private final double[] values;

  private Quantiles(double[] shares, double[] values) {
    this.shares = shares;
    this.values = values;
  }

  /** Reads {@code percent:value} pairs in rising order, from 0 to 100 percent. */
  public static Quantiles of(String knots) {
    String[] pairs = knots.strip().split(" +", -1);
    var shares = new double[pairs.length];
    var values = new double[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      int colon = pairs[i].indexOf(':');
      shares[i] = Double.parseDouble(pairs[i].substring(0, colon)) / 100;
      values[i] = Double.parseDouble(pairs[i].substring(colon + 1));
      if (i > 0 && (shares[i] <= shares[i - 1] || values[i] < values[i - 1])) {
        throw new IllegalArgumentException("knots must rise: " + pairs[i] + " in " + knots);
      }
    }
    if (shares[0] != 0 || shares[pairs.length - 1] != 1) {
      throw new IllegalArgumentException("knots must reach from 0 to 100: " + knots);
    }
    return new Quantiles(shares, values);
  }

  /** The value that this share of all draws is below. */
  public double at(double share) {
    int low = 0;
    int high = shares.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (shares[middle] <= share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double part = (share - shares[low]) / (shares[high] - shares[low]);
    return values[low] + part * (values[high] - values[low]);
  }

  /** The value of a distribution of counts that this share of all draws is below. */
  public int countAt(double share) {
    return (int) Math.ceil(at(share));
  }

  double draw(Chance chance) {
    return at(chance.unit());
  }

  int drawCount(Chance chance) {
    return countAt(chance.unit());
  }

  /** Draws seconds and returns them as milliseconds. */
  public long drawMillis(Chance chance) {
    return (long) (at(chance.unit()) * 1000);
  }

  /** The share of draws that lie at or below this value. */
  double shareBelow(double value) {
    if (value >= values[values.length - 1]) {
      return 1;
    }
    int knot = 1;
    while (values[knot] <= value) {
      knot++;
    }
    double part = (value - values[knot - 1]) / (values[knot] - values[knot - 1]);
    return Math.max(0, shares[knot - 1] + part * (shares[knot] - shares[knot - 1]));
  }

  double meanCount() {
    double sum = 0;
    for (int i = 0; i < GRID; i++) {
      sum += countAt((i + 0.5) / GRID);
    }
    return sum / GRID;
  }
}
