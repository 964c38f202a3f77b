package io.weir.training.session;

/**
 * A 64-bit hash of a text: FNV-1a over the characters, then the finaliser of SplitMix64, so that
 * each bit depends on each.
 */
final class TextHash {
  private TextHash() {}

  static long of(String text, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
