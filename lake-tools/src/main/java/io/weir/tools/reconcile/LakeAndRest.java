package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The lake with the sums of what was erased from it, and the answers of stream-app over HTTP, for
 * days.
 */
record LakeAndRest(SilverSums silver, GoldSums gold, RestCells rest, Clock clock) implements Sides {

  @Override
  public Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) throws SQLException {
    Snapshots snapshots = silver.refresh();
    Instant at = clock.instant();
    for (Map.Entry<CellGroup, BucketRange> each : ranges.entrySet()) {
      CellGroup group = each.getKey();
      BucketRange days = silver.days(group.subject(), each.getValue());
      SortedMap<CellKey, Map<String, BigDecimal>> answered = rest.cells(group, days);
      gold.refresh();
      try (SortedCells erased = gold.erased(group, days);
          SortedCells left = silver.cells(group, days, List.of(), erased)) {
        CellPairs.merge(new Asked(left), SortedCells.of(answered), pairs);
      }
    }
    return new Moment(snapshots, at, 0);
  }

  /** The cells and figures of silver that REST is asked for. */
  private record Asked(SortedCells all) implements SortedCells {
    @Override
    public @Nullable SessionCell next() throws SQLException {
      for (SessionCell cell = all.next(); cell != null; cell = all.next()) {
        CellKey key = cell.key();
        var figures = new HashMap<>(cell.figures());
        figures.keySet().removeIf(measure -> !RestQuestion.isAsked(key, measure));
        if (!figures.isEmpty()) {
          return new SessionCell(key, figures);
        }
      }
      return null;
    }

    @Override
    public void close() throws SQLException {
      all.close();
    }
  }
}
