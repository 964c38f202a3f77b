package io.weir.stream.processor.timers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the timer store: in order of time, then visitor. One more key holds the watermark. */
final class TimerKey {
  static final Bytes WATERMARK = Bytes.wrap(new byte[] {0});
  private static final byte TIMER = 1;
  private static final int VISITOR_AT = 1 + Long.BYTES;

  private TimerKey() {}

  static Bytes of(long time, String visitor) {
    byte[] utf8 = visitor.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(VISITOR_AT + utf8.length)
            .put(TIMER)
            .putLong(ordered(time))
            .put(utf8)
            .array());
  }

  /** The key before every timer of that time. */
  static Bytes first(long time) {
    return Bytes.wrap(ByteBuffer.allocate(VISITOR_AT).put(TIMER).putLong(ordered(time)).array());
  }

  /** The key after every timer. */
  static Bytes last() {
    return Bytes.wrap(new byte[] {TIMER + 1});
  }

  static ByteBuffer visitorBytes(Bytes key) {
    return ByteBuffer.wrap(key.get(), VISITOR_AT, key.get().length - VISITOR_AT).slice();
  }

  static long time(Bytes key) {
    return ordered(ByteBuffer.wrap(key.get()).getLong(1));
  }

  static String visitor(Bytes key) {
    return new String(key.get(), VISITOR_AT, key.get().length - VISITOR_AT, StandardCharsets.UTF_8);
  }

  /** Bytes compare unsigned, times may be negative. */
  private static long ordered(long time) {
    return time ^ Long.MIN_VALUE;
  }
}
