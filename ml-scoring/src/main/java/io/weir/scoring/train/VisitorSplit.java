package io.weir.scoring.train;

/** Assigns each visitor to a part by hash: 70 % train, 15 % validation, 15 % test. */
final class VisitorSplit {
  private static final int TRAIN_BELOW = 70;
  private static final int VALIDATION_BELOW = 85;

  private VisitorSplit() {}

  static <T> T choose(String visitor, long seed, T train, T validation, T test) {
    long percent = Long.remainderUnsigned(hash(visitor, seed), 100);
    if (percent < TRAIN_BELOW) {
      return train;
    }
    return percent < VALIDATION_BELOW ? validation : test;
  }

  /** FNV-1a over the characters, then the finalizer of SplitMix64. */
  private static long hash(String visitor, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int i = 0; i < visitor.length(); i++) {
      hash = (hash ^ visitor.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
