package io.weir.training.table;

/**
 * A 64-bit hash of a text: FNV-1a over the characters, then the finaliser of SplitMix64, so that
 * each bit depends on each.
 */
public final class TextHash {
  private TextHash() {}

  public static long of(String text, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
