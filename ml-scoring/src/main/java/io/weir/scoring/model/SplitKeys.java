package io.weir.scoring.model;

/**
 * Numbers as whole numbers of the same order, so that a split is one comparison without a branch.
 */
final class SplitKeys {
  private SplitKeys() {}

  /** The order of floats; 0 and -0 are one. */
  static int of(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** Each value twice: for splits that send a missing value right, and behind them, left. */
  static int[] of(float[] vector) {
    var keys = new int[2 * vector.length];
    fill(vector, keys);
    return keys;
  }

  /** Fills an array of twice the vector's length. */
  static void fill(float[] vector, int[] keys) {
    for (int at = 0; at < vector.length; at++) {
      boolean isMissing = Float.isNaN(vector[at]);
      int key = of(vector[at]);
      keys[at] = isMissing ? Integer.MAX_VALUE : key;
      keys[vector.length + at] = isMissing ? Integer.MIN_VALUE : key;
    }
  }
}
