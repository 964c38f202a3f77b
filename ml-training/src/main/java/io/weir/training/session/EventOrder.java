package io.weir.training.session;

/**
 * The place of an event among those of equal times: the hash of its id by which stream-app orders
 * them. Both must agree, or the last event of a session is another one here. SessionCutsIT compares
 * them.
 */
final class EventOrder {
  private EventOrder() {}

  static long of(String eventId) {
    long a = 0x9e37_79b9_7f4a_7c15L;
    long b = eventId.length();
    for (int i = 0; i < eventId.length(); i++) {
      char c = eventId.charAt(i);
      a = (a ^ c) * 0x0000_0100_0000_01b3L;
      b = b * 0x5851_f42d_4c95_7f2dL + c;
    }
    return mix(a ^ Long.rotateLeft(b, 32));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
