package io.weir.simulator.fault;

import io.weir.simulator.visit.Chance;

/** Picks events for a fault: an exact number out of a known number, or each with a probability. */
final class Draw {
  private static final long UNKNOWN = -1;

  private final double probability;
  private long wanted;
  private long left;

  private Draw(double probability, long wanted, long left) {
    this.probability = probability;
    this.wanted = wanted;
    this.left = left;
  }

  static Draw each(double probability) {
    return new Draw(probability, 0, UNKNOWN);
  }

  /**
   * Draws exactly so many events; every set of {@code wanted} events is equally likely (Knuth's
   * selection sampling).
   */
  static Draw exactly(long wanted, long of) {
    return new Draw(0, wanted, of);
  }

  boolean next(Chance chance) {
    if (left == UNKNOWN) {
      return chance.happens(probability);
    }
    boolean picked = chance.unit() * left < wanted;
    left--;
    if (picked) {
      wanted--;
    }
    return picked;
  }
}
