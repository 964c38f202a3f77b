package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The lake with the sums of what was erased from it, and the answers of stream-app over HTTP: days,
 * in total and by country.
 */
record LakeAndRest(SilverSums silver, GoldSums gold, RestCells rest, Clock clock) implements Sides {

  @Override
  public Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) throws SQLException {
    Snapshots snapshots = silver.refresh();
    BucketRange wanted = ranges.getOrDefault(RestCells.DAYS, BucketRange.NONE);
    BucketRange days = silver.days(wanted);
    Instant at = clock.instant();
    SortedMap<CellKey, Map<String, BigDecimal>> answered = rest.cells(days);
    gold.refresh();
    try (SortedCells erased = gold.erased(RestCells.DAYS, days);
        SortedCells left = silver.cells(RestCells.DAYS, days, List.of(), erased)) {
      CellPairs.merge(new Asked(left), new Answered(answered.entrySet().iterator()), pairs);
    }
    return new Moment(snapshots, at, 0);
  }

  /** The cells and figures of silver that REST is asked for. */
  private record Asked(SortedCells all) implements SortedCells {
    @Override
    public @Nullable SessionCell next() throws SQLException {
      SessionCell cell = all.next();
      while (cell != null && !isAsked(cell.key().dimension())) {
        cell = all.next();
      }
      if (cell == null) {
        return null;
      }
      var figures = new HashMap<>(cell.figures());
      figures.keySet().removeIf(measure -> !isMeasure(measure));
      return new SessionCell(cell.key(), figures);
    }

    private static boolean isAsked(String dimension) {
      return dimension.isEmpty() || dimension.equals(RestCells.COUNTRY);
    }

    private static boolean isMeasure(String measure) {
      return measure.startsWith(SessionCell.REVENUE) || RestCells.COUNTS.contains(measure);
    }

    @Override
    public void close() throws SQLException {
      all.close();
    }
  }

  private record Answered(Iterator<Map.Entry<CellKey, Map<String, BigDecimal>>> cells)
      implements SortedCells {
    @Override
    public @Nullable SessionCell next() {
      if (!cells.hasNext()) {
        return null;
      }
      Map.Entry<CellKey, Map<String, BigDecimal>> next = cells.next();
      return new SessionCell(next.getKey(), next.getValue());
    }

    @Override
    public void close() {
      // The answers are in memory.
    }
  }
}
