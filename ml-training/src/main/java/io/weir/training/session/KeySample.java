package io.weir.training.session;

/**
 * A share of all keys, chosen by their hash, so that it does not depend on the order. It begins
 * with all of them, and can be halved when memory is full.
 */
public final class KeySample {
  private int halvings;

  public boolean isDrawn(String key) {
    return Long.numberOfTrailingZeros(mixed(key)) >= halvings;
  }

  /** From now on half of the keys that were drawn are drawn. */
  public void halve() {
    halvings++;
  }

  /** The share of all keys that are drawn. */
  public double share() {
    return Math.scalb(1.0, -halvings);
  }

  /** FNV-1a over the characters, then the finaliser of SplitMix64: each bit depends on each. */
  private static long mixed(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < key.length(); at++) {
      hash = (hash ^ key.charAt(at)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
