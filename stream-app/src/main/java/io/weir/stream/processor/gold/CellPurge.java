package io.weir.stream.processor.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Grain;
import io.weir.stream.gold.Breakdown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Deletes cells of a grain before a time: a pass through all dimensions, in slices. */
final class CellPurge {
  private static final int RANGES_AT_ONCE = 8;

  /** No bucket starts before the year 1. */
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private final KeyValueStore<Bytes, byte[]> cells;
  private final List<Range> ranges;

  /** The passes so far left nothing before: scans start here, past the tombstones. */
  private long from = FIRST;

  private long until = FIRST;
  private int next;

  private CellPurge(KeyValueStore<Bytes, byte[]> cells, List<Range> ranges) {
    this.cells = cells;
    this.ranges = ranges;
    this.next = ranges.size();
  }

  /** Of all cells of 15 minutes. */
  static CellPurge ofQuarters(KeyValueStore<Bytes, byte[]> cells) {
    var ranges = new ArrayList<Range>();
    for (Breakdown each : Breakdown.values()) {
      if (each.dimension().hasQuarters()) {
        ranges.add(new Range(Grain.QUARTER, each, false));
        ranges.add(new Range(Grain.QUARTER, each, true));
      }
    }
    return new CellPurge(cells, ranges);
  }

  /** Of all cells of a minute. */
  static CellPurge ofMinutes(KeyValueStore<Bytes, byte[]> cells) {
    return new CellPurge(cells, List.of(new Range(Grain.MINUTE, Breakdown.QUALITY, false)));
  }

  /** The cells that lie together in the order of time. */
  private record Range(Grain grain, Breakdown breakdown, boolean isBot) {
    private Bytes first(long start) {
      return Bytes.wrap(
          GoldKey.lowest(breakdown.subject(), grain, breakdown.dimension(), isBot, start));
    }
  }

  boolean isComplete() {
    return next == ranges.size();
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
      Range range = ranges.get(next);
      // No bucket starts a millisecond before another: the end has no key.
      List<Bytes> keys = Keys.first(cells, range.first(from), range.first(until - 1), left);
      keys.forEach(key -> cells.put(key, null));
      next += keys.size() < left ? 1 : 0;
      left -= keys.size();
    }
  }
}
