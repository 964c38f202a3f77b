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
  private static final long SOME = -1;

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

    /** The number of evictions when the store had no name; {@link #SOME} if that is not known. */
    private final long emptyAt;

    private Count(int names, long emptyAt) {
      this.names = names;
      this.emptyAt = emptyAt;
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

  /**
   * Whether the store had no name of a day when its number was read, and no cell was evicted since.
   *
   * @param evictions the number of evictions so far
   */
  boolean areAllInMemory(Breakdown breakdown, Place place, long evictions) {
    return count(breakdown, place, evictions).emptyAt == evictions;
  }

  /** Counts one more name; false if there are too many. */
  boolean add(Breakdown breakdown, Place place) {
    Count count = count(breakdown, place, SOME);
    if (count.names >= most) {
      return false;
    }
    count.names++;
    count.isDirty = true;
    return true;
  }

  private Count count(Breakdown breakdown, Place place, long evictions) {
    var group = new Group(breakdown.subject(), breakdown.dimension(), place.isBot(), place.day());
    if (counts.size() >= MOST_GROUPS) {
      flush();
      counts.clear();
    }
    return counts.computeIfAbsent(group, each -> load(each, evictions));
  }

  private Count load(Group group, long evictions) {
    byte[] stored = store.get(group.key());
    return stored == null
        ? new Count(0, evictions)
        : new Count(ByteBuffer.wrap(stored).getInt(), SOME);
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
