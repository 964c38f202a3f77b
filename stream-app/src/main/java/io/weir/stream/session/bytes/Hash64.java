package io.weir.stream.session.bytes;

/** A 64-bit hash of a text: two polynomials over its characters and a final mix. */
public final class Hash64 {
  private Hash64() {}

  public static long of(String text) {
    long a = 0x9e37_79b9_7f4a_7c15L;
    long b = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      a = (a ^ c) * 0x0000_0100_0000_01b3L;
      b = b * 0x5851_f42d_4c95_7f2dL + c;
    }
    return mix(a ^ Long.rotateLeft(b, 32));
  }

  /** Bijective; every input bit reaches every output bit. */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
