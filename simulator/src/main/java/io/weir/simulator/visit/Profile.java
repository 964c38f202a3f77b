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

  double meanVisitLength() {
    return SHOPPING * shopLengths.meanCount() + (1 - SHOPPING) * readLengths.meanCount();
  }
}
