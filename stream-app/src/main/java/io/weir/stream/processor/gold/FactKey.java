package io.weir.stream.processor.gold;

import io.weir.stream.session.sums.OrderNews;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store of facts. The facts of sessions lie in the order of the sessions' starts. Apart
 * from them lie those of purchases of orders and of folded events, in the order of their times, the
 * numbers of named values, in the order of days, the {@link PurgeFloors}, and the mark of {@link
 * NoGold}.
 */
final class FactKey {
  static final Bytes FLOORS = Bytes.wrap(new byte[] {0});

  /** Before all ranges that are scanned. */
  static final Bytes WITHOUT_GOLD = Bytes.wrap(new byte[] {0, 1});

  private static final byte NAMES = 1;
  private static final byte FACTS = 2;
  private static final byte PURCHASES = 3;
  private static final byte FOLDED = 4;
  private static final int SESSION_AT = 1 + Long.BYTES;

  private FactKey() {}

  static Bytes of(long start, String sessionKey) {
    return of(FACTS, start, sessionKey);
  }

  private static Bytes of(byte kind, long time, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(SESSION_AT + utf8.length)
            .put(kind)
            .putLong(ordered(time))
            .put(utf8)
            .array());
  }

  /** The key of the facts of a purchase. */
  static Bytes ofPurchase(OrderNews.Purchase purchase, String visitorPart) {
    byte[] utf8 = visitorPart.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(SESSION_AT + utf8.length + Long.BYTES)
            .put(PURCHASES)
            .putLong(ordered(purchase.time()))
            .put(utf8)
            .putLong(purchase.idHash())
            .array());
  }

  /** The key of the facts of folded events, the first of which is of that time. */
  static Bytes ofFolded(long first, String visitorPart) {
    return of(FOLDED, first, visitorPart);
  }

  /** The key before all facts of folded events of that time. */
  static Bytes firstFolded(long time) {
    return first(FOLDED, time);
  }

  /** The key after all facts of folded events. */
  static Bytes lastFolded() {
    return Bytes.wrap(new byte[] {FOLDED + 1});
  }

  /** The key before all facts of purchases of that time. */
  static Bytes firstPurchases(long time) {
    return first(PURCHASES, time);
  }

  /** The key after all facts of purchases. */
  static Bytes lastPurchases() {
    return Bytes.wrap(new byte[] {PURCHASES + 1});
  }

  /** The key before all facts of sessions that start then. */
  static Bytes firstFacts(long start) {
    return first(FACTS, start);
  }

  /** The key after all facts of sessions. */
  static Bytes lastFacts() {
    return Bytes.wrap(new byte[] {FACTS + 1});
  }

  /** The beginning of the session's key, at most so long. That of other facts is the visitor's. */
  static String sessionPart(Bytes key, int length) {
    int end = Math.min(key.get().length, SESSION_AT + length);
    return new String(key.get(), SESSION_AT, end - SESSION_AT, StandardCharsets.UTF_8);
  }

  /** The key of a number of names; {@code key} begins with the day. */
  static Bytes names(byte[] key) {
    byte[] own = new byte[1 + key.length];
    own[0] = NAMES;
    System.arraycopy(key, 0, own, 1, key.length);
    return Bytes.wrap(own);
  }

  /** The key before all numbers of names of that day. */
  static Bytes firstNames(long day) {
    return first(NAMES, day);
  }

  private static Bytes first(byte kind, long time) {
    return Bytes.wrap(ByteBuffer.allocate(SESSION_AT).put(kind).putLong(ordered(time)).array());
  }

  /** Bytes compare unsigned, times may be negative. */
  private static long ordered(long time) {
    return time ^ Long.MIN_VALUE;
  }
}
