package io.weir.training.quality;

/**
 * A difference with its interval of 95 %, from the normal distribution: the mean of many
 * independent rows is close to it whatever the rows are like.
 *
 * @param low NaN, as the other end, if there are too few rows to know
 */
public record PairedDifference(double value, double low, double high) {
  /** So many standard errors on each side hold 95 % of a normal distribution. */
  private static final double ERRORS = 1.959964;

  static PairedDifference of(double value, double variance) {
    double reach = ERRORS * Math.sqrt(variance);
    return new PairedDifference(value, value - reach, value + reach);
  }

  public boolean isAboveZero() {
    return low > 0;
  }

  public boolean isBelowZero() {
    return high < 0;
  }
}
