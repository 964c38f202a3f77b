package io.weir.simulator.visit;

/** The measured distributions of the traffic. Gaps and delays are in seconds. */
public record Profile(
    Quantiles readLengths,
    Quantiles shopLengths,
    Quantiles readGaps,
    Quantiles shopGaps,
    Quantiles visitGaps,
    Quantiles visitsPerVisitor,
    Quantiles delays,
    Quantiles prices,
    Rhythm rhythm) {

  /** The share of visits that come to shop; the others come to read. */
  static final double SHOPPING = 0.6;

  /** The probability that a visit of that many events has no more. */
  double endsAfter(boolean isShopping, int events) {
    Quantiles lengths = isShopping ? shopLengths : readLengths;
    double shorter = lengths.shareBelow(events - 1);
    return shorter >= 1 ? 1 : (lengths.shareBelow(events) - shorter) / (1 - shorter);
  }

  double meanVisitLength() {
    return SHOPPING * shopLengths.meanCount() + (1 - SHOPPING) * readLengths.meanCount();
  }
}
