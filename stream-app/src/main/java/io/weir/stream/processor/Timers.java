package io.weir.stream.processor;

import io.weir.stream.session.Watermark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look at which visitor again: about one entry per session, re-armed when it fires. Also
 * keeps the partition's watermark across restarts.
 */
final class Timers {
  private static final byte[] PRESENT = {1};

  private final KeyValueStore<Bytes, byte[]> store;

  /** Everything before has fired: scans start here, past the tombstones. */
  private long firedUpTo;

  /** Something may be due though the watermark stands still; true after a restart. */
  private boolean isPastDue = true;

  Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  Watermark restore(long now) {
    byte[] saved = store.get(TimerKey.WATERMARK);
    if (saved == null) {
      firedUpTo = Watermark.NONE;
      return new Watermark(Watermark.NONE, now, now);
    }
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    var watermark = new Watermark(bytes.getLong(), bytes.getLong(), now);
    firedUpTo = bytes.getLong();
    return watermark;
  }

  void save(Watermark watermark) {
    store.put(
        TimerKey.WATERMARK,
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(watermark.current())
            .putLong(watermark.wall())
            .putLong(firedUpTo)
            .array());
  }

  boolean isDue(long watermark) {
    return isPastDue || firedUpTo < watermark;
  }

  long firedUpTo() {
    return isPastDue && firedUpTo != Watermark.NONE ? firedUpTo - 1 : firedUpTo;
  }

  /** Arms a timer and returns the time it got: never one that scans have passed. */
  long arm(long time, String visitor) {
    long armed = Math.max(time, firedUpTo);
    isPastDue |= time <= firedUpTo;
    store.put(TimerKey.of(armed, visitor), PRESENT);
    return armed;
  }

  /** Whether a timer that was armed for that time has not gone off yet. */
  boolean isPending(long time) {
    return time > firedUpTo;
  }

  /** A timer that went off. */
  record Fired(long time, String visitor) {}

  /** Removes and returns the timers up to the watermark, at most {@code limit} of them. */
  List<Fired> fire(long watermark, int limit) {
    var due = new ArrayList<Bytes>();
    boolean isComplete = true;
    try (KeyValueIterator<Bytes, byte[]> range =
        store.range(TimerKey.first(firedUpTo), TimerKey.first(watermark + 1))) {
      while (range.hasNext()) {
        if (due.size() == limit) {
          isComplete = false;
          break;
        }
        KeyValue<Bytes, byte[]> next = range.next();
        due.add(next.key);
      }
    }
    var fired = new ArrayList<Fired>(due.size());
    for (Bytes key : due) {
      // A delete would read the value first, to return it.
      store.put(key, null);
      fired.add(new Fired(TimerKey.time(key), TimerKey.visitor(key)));
    }
    firedUpTo = isComplete ? Math.max(firedUpTo, watermark) : fired.getLast().time();
    isPastDue = !isComplete;
    return fired;
  }
}
