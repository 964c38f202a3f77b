package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A cell that is not equal on both sides.
 *
 * @param since when these figures were found first
 * @param until the beginning of the last look that found them, or {@code since}
 */
record OpenCell(
    CellKey key,
    Map<String, BigDecimal> silver,
    Map<String, BigDecimal> gold,
    Instant since,
    Instant until) {

  boolean hasStoodStill(Duration time) {
    return !since.plus(time).isAfter(until);
  }

  boolean hasSameFigures(OpenCell other) {
    return silver.equals(other.silver) && gold.equals(other.gold);
  }

  OpenCell seenAt(Instant time) {
    return new OpenCell(key, silver, gold, since, time);
  }
}
