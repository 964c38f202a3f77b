package io.weir.stream.gold;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The rules for the cells of gold.
 *
 * @param zone of the site: its days are those of gold
 * @param quarters how long cells of 15 minutes are kept
 * @param mostNames the most values of a dimension that a partition names in a day and on a side
 * @param mostInMemory the most cells of a partition in memory; a currency in a cell counts as one
 */
public record GoldRules(ZoneId zone, Duration quarters, int mostNames, int mostInMemory) {
  public static final Duration USUAL_QUARTERS = Duration.ofDays(35);
  public static final int MOST_NAMES = 100_000;

  /** A cell in memory takes about 300 bytes; all may take a twelfth of the heap. */
  private static final long HEAP_PER_CELL = 12 * 300L;

  private static final int FEWEST_IN_MEMORY = 2_000;

  private static final int CELLS_PER_VISITOR = 4;

  /** The usual limits. */
  public static GoldRules of(ZoneId zone, Duration quarters) {
    return new GoldRules(zone, quarters, MOST_NAMES, FEWEST_IN_MEMORY);
  }

  /** The most records of visitors of a partition in memory. One takes as much as a cell or two. */
  public int mostVisitorsInMemory() {
    return mostInMemory / CELLS_PER_VISITOR;
  }

  /**
   * The same rules for an instance that may work on all partitions.
   *
   * @param heap in bytes
   */
  public GoldRules within(long heap, int partitions) {
    long most = Math.max(FEWEST_IN_MEMORY, heap / HEAP_PER_CELL / partitions);
    return new GoldRules(zone, quarters, mostNames, (int) Math.min(most, Integer.MAX_VALUE));
  }
}
