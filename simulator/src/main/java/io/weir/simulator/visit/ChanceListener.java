package io.weir.simulator.visit;

/**
 * Receives true probabilities. Each is told twice: as the simulator knows it, which draws with it,
 * and as somebody can know it who sees all events but not what a visitor has in mind.
 */
public interface ChanceListener {
  /**
   * The probability that a visit goes on to buy, at its last event before the first purchase, or at
   * its last event if there is none: the alternative is that it ends there.
   */
  void session(int visitor, long start, double hidden, double knowable);

  /** The probability that an ad impression is clicked. */
  void impression(int visitor, long time, double hidden, double knowable);
}
