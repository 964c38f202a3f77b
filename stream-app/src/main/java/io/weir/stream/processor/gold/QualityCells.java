package io.weir.stream.processor.gold;

import io.weir.stream.gold.QualityGold;
import io.weir.stream.processor.quality.TaskCounts;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The cells of what became of raw records. Those of a minute are kept for two days. */
public final class QualityCells {
  private static final long KEPT_MS = Duration.ofDays(2).toMillis();
  private static final long STEP_MS = Duration.ofHours(1).toMillis();
  private static final int MOST_AT_ONCE = 1_000;

  private final QualityGold gold;
  private final CellPurge purge;
  private final LongSupplier clock;
  private long from = Long.MIN_VALUE;

  QualityCells(KeyValueStore<Bytes, byte[]> cells, QualityGold gold, LongSupplier clock) {
    this.gold = gold;
    this.purge = CellPurge.ofMinutes(cells);
    this.clock = clock;
  }

  /** Adds what a task has counted. To be called before the cells are written. */
  public void take(TaskCounts counts) {
    counts.drain(gold::add);
  }

  /** Deletes some of what is too old. To be called often. */
  public void purge() {
    long kept = clock.getAsLong() - KEPT_MS;
    long floor = kept - Math.floorMod(kept, STEP_MS);
    if (!purge.isComplete()) {
      purge.turn(MOST_AT_ONCE);
    } else if (floor > from) {
      from = floor;
      purge.begin(floor);
    }
  }
}
