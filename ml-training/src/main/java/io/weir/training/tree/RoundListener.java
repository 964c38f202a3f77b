package io.weir.training.tree;

/** Receives the state after each tree. */
@FunctionalInterface
public interface RoundListener {
  void round(int round, double logLoss, double bestLogLoss);

  /** A search begins with its next settings. */
  default void attempt(int number, int of) {}
}
