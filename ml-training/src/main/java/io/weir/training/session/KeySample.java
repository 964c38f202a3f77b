package io.weir.training.session;

import io.weir.training.table.TextHash;

/**
 * A share of all keys, chosen by their hash, so that it does not depend on the order. It begins
 * with all of them, and can be halved when memory is full.
 */
public final class KeySample {
  private int halvings;

  public boolean isDrawn(String key) {
    return Long.numberOfTrailingZeros(TextHash.of(key, 0)) >= halvings;
  }

  /** From now on half of the keys that were drawn are drawn. */
  public void halve() {
    halvings++;
  }

  /** The share of all keys that are drawn. */
  public double share() {
    return Math.scalb(1.0, -halvings);
  }
}
