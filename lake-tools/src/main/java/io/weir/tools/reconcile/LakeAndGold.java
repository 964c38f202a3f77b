package io.weir.tools.reconcile;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The lake and PostgreSQL. */
record LakeAndGold(SilverSums silver, GoldSums gold) implements Sides {

  @Override
  public Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) throws SQLException {
    Snapshots snapshots = silver.refresh();
    Instant at = gold.refresh();
    int count = 0;
    for (Map.Entry<CellGroup, BucketRange> each : ranges.entrySet()) {
      List<FoldedPlace> folded = gold.folded(each.getKey(), each.getValue());
      count += folded.size();
      try (SortedCells erased = gold.erased(each.getKey(), each.getValue());
          SortedCells left = silver.cells(each.getKey(), each.getValue(), folded, erased);
          SortedCells right = gold.cells(each.getKey(), each.getValue())) {
        CellPairs.merge(left, right, pairs);
      }
    }
    return new Moment(snapshots, at, count);
  }
}
