package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import java.util.Comparator;
import java.util.UUID;

/**
 * The order of a visitor's events. Equal times are in the order of a hash of the event id, which is
 * part of what Weir promises: the same order however they arrive.
 */
final class Ties {
  static final Comparator<Deed> ORDER =
      Comparator.comparingLong(Deed::time).thenComparingLong(deed -> hash(text(deed)));

  private Ties() {}

  private static String text(Deed deed) {
    return new UUID(deed.idHigh(), deed.idLow()).toString();
  }

  private static long hash(String id) {
    long first = 0x9E37_79B9_7F4A_7C15L;
    long second = id.length();
    for (int i = 0; i < id.length(); i++) {
      char each = id.charAt(i);
      first = (first ^ each) * 0x100_0000_01B3L;
      second = second * 0x5851_F42D_4C95_7F2DL + each;
    }
    long z = first ^ Long.rotateLeft(second, 32);
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }
}
