package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two sides that also compare the carts of visitors by day. Gold makes these of rows of sessions,
 * so they are no cells: they are shown as a dimension of the subject carts.
 *
 * @param cells what compares the cells, and goes first
 * @param other the side that is not silver
 * @param from before this time, the sessions of a cart may be gone on one side
 */
record VisitorCarts(Sides cells, SilverSums silver, Other other, Instant from) implements Sides {
  static final CellGroup GROUP = new CellGroup(Subject.CARTS, Grain.DAY);
  static final String DIMENSION = "visitor";

  /** A visitor who fills a cart each day keeps it; few do so for longer. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** The carts of one side. */
  interface Other {
    /** The carts of the days of a range. */
    SortedCells carts(BucketRange days) throws SQLException;

    /** Whether the side has a figure at all. */
    default boolean tells(String measure) {
      return true;
    }
  }

  /** The figures of silver that the other side tells. */
  private record Told(SortedCells all, Other other) implements SortedCells {
    @Override
    public @Nullable SessionCell next() throws SQLException {
      SessionCell cell = all.next();
      if (cell == null) {
        return null;
      }
      var figures = new HashMap<>(cell.figures());
      figures.keySet().removeIf(measure -> !other.tells(measure));
      return new SessionCell(cell.key(), figures);
    }

    @Override
    public void close() throws SQLException {
      all.close();
    }
  }

  /** Adds the carts to what is compared; {@code silverFrom} says which sessions silver dropped. */
  static Sides beside(
      Sides cells, SilverSums silver, Instant silverFrom, GoldSums gold, Other other)
      throws SQLException {
    return new VisitorCarts(cells, silver, other, wholeFrom(silverFrom, gold.sessionsFrom()));
  }

  /** The first time with all sessions of its carts, if earlier sessions are deleted. */
  private static Instant wholeFrom(Instant silverFrom, Instant goldFrom) {
    Instant kept = silverFrom.isAfter(goldFrom) ? silverFrom : goldFrom;
    return kept.isAfter(Instant.EPOCH) ? kept.plus(LONGEST) : BucketRange.ALL.from();
  }

  @Override
  public Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) throws SQLException {
    Moment moment = cells.look(ranges, pairs);
    BucketRange range = ranges.getOrDefault(GROUP, BucketRange.NONE).notBefore(from);
    if (!range.isEmpty()) {
      BucketRange days = silver.wholeDays(range);
      // The other side goes first, because it may ask silver for its days.
      try (SortedCells right = other.carts(days);
          SortedCells left = new Told(silver.visitorCarts(days, moment.goldAt()), other)) {
        CellPairs.merge(left, right, pairs);
      }
    }
    return moment;
  }
}
