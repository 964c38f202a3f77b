package io.weir.stream.processor.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Grain;
import io.weir.stream.gold.Breakdown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Deletes the cells of 15 minutes before a time: a pass through all dimensions, in slices. */
final class QuarterPurge {
  private static final int RANGES_AT_ONCE = 8;

  /** No bucket starts before the year 1. */
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final List<Range> RANGES = ranges();

  private final KeyValueStore<Bytes, byte[]> cells;

  /** The passes so far left nothing before: scans start here, past the tombstones. */
  private long from = FIRST;

  private long until = FIRST;
  private int next = RANGES.size();

  QuarterPurge(KeyValueStore<Bytes, byte[]> cells) {
    this.cells = cells;
  }

  /** The cells that lie together in the order of time. */
  private record Range(Breakdown breakdown, boolean isBot) {
    private Bytes first(long start) {
      return Bytes.wrap(
          GoldKey.lowest(breakdown.subject(), Grain.QUARTER, breakdown.dimension(), isBot, start));
    }
  }

  private static List<Range> ranges() {
    var ranges = new ArrayList<Range>();
    for (Breakdown each : Breakdown.values()) {
      if (each.dimension().hasQuarters()) {
        ranges.add(new Range(each, false));
        ranges.add(new Range(each, true));
      }
    }
    return ranges;
  }

  boolean isComplete() {
    return next == RANGES.size();
  }

  /** Begins a pass. No cell before that time may be written any more. */
  void begin(long before) {
    from = until;
    until = before;
    next = 0;
  }

  /** Deletes some cells. */
  void turn(int most) {
    int left = most;
    for (int i = 0; i < RANGES_AT_ONCE && !isComplete() && left > 0; i++) {
      Range range = RANGES.get(next);
      // No bucket starts a millisecond before another: the end has no key.
      List<Bytes> keys = Keys.first(cells, range.first(from), range.first(until - 1), left);
      keys.forEach(key -> cells.put(key, null));
      next += keys.size() < left ? 1 : 0;
      left -= keys.size();
    }
  }
}
