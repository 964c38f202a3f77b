package io.weir.stream.gold;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the values that have been named, by dimension, side and day. Nobody can fill gold with
 * values that he invents: beyond the limit they are one.
 */
final class NameCounts {
  private static final int MOST_GROUPS = 1_000;

  private final CellStore store;
  private final int most;
  private final Map<Group, Count> counts = new HashMap<>();

  NameCounts(CellStore store, int most) {
    this.store = store;
    this.most = most;
  }

  private static final class Count {
    private int names;
    private boolean isDirty;

    private Count(int names) {
      this.names = names;
    }
  }

  private record Group(Subject subject, Dimension dimension, boolean isBot, long day) {
    /** The day comes first, so that old counts lie together. */
    private byte[] key() {
      byte[] rest =
          (subject.code() + '|' + dimension.code() + '|' + isBot).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + rest.length)
          .putLong(day ^ Long.MIN_VALUE)
          .put(rest)
          .array();
    }
  }

  /** Counts one more name; false if there are too many. */
  boolean add(Breakdown breakdown, Place place) {
    var group = new Group(breakdown.subject(), breakdown.dimension(), place.isBot(), place.day());
    if (counts.size() >= MOST_GROUPS) {
      flush();
      counts.clear();
    }
    Count count = counts.computeIfAbsent(group, this::load);
    if (count.names >= most) {
      return false;
    }
    count.names++;
    count.isDirty = true;
    return true;
  }

  private Count load(Group group) {
    byte[] stored = store.get(group.key());
    return new Count(stored == null ? 0 : ByteBuffer.wrap(stored).getInt());
  }

  /** Writes what has changed. Must be called before every commit. */
  void flush() {
    counts.forEach((group, count) -> {
      if (count.isDirty) {
        store.put(group.key(), ByteBuffer.allocate(Integer.BYTES).putInt(count.names).array());
        count.isDirty = false;
      }
    });
  }
}
