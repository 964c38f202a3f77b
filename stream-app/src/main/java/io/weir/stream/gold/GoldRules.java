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
  public static final int MOST_IN_MEMORY = 20_000;

  /** The usual limits. */
  public static GoldRules of(ZoneId zone, Duration quarters) {
    return new GoldRules(zone, quarters, MOST_NAMES, MOST_IN_MEMORY);
  }
}
