package io.weir.scoring.train;

import java.util.Arrays;

/** Sums of both derivatives per slot, interleaved: gradient at 2s, hessian at 2s + 1. */
final class Histogram {
  private final double[] sums;

  Histogram(int slots) {
    this.sums = new double[2 * slots];
  }

  /** Sums the rows {@code rows[from..to)} anew. */
  void fill(int[] slots, int features, Gradients gradients, RowRange range) {
    Arrays.fill(sums, 0);
    for (int i = range.from(); i < range.to(); i++) {
      int row = range.rows()[i];
      double gradient = gradients.gradient[row];
      double hessian = gradients.hessian[row];
      int end = (row + 1) * features;
      for (int at = row * features; at < end; at++) {
        int sum = 2 * slots[at];
        sums[sum] += gradient;
        sums[sum + 1] += hessian;
      }
    }
  }

  /** Subtracts one child; the sums of the other child remain. */
  void subtract(Histogram child) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= child.sums[i];
    }
  }

  double gradient(int slot) {
    return sums[2 * slot];
  }

  double hessian(int slot) {
    return sums[2 * slot + 1];
  }
}
