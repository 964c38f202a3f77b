package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;

/** Receives each cell that has a figure on one of the sides, in order. */
interface CellPairs {
  /** Takes the figures of a cell. A side without the cell has no figures. */
  void take(CellKey key, Map<String, BigDecimal> silver, Map<String, BigDecimal> gold);

  /** Walks through two sorted sequences side by side. */
  static void merge(SortedCells silver, SortedCells gold, CellPairs pairs) throws SQLException {
    SessionCell left = silver.next();
    SessionCell right = gold.next();
    while (left != null || right != null) {
      if (right == null || left != null && left.key().compareTo(right.key()) < 0) {
        pass(left.key(), left.figures(), Map.of(), pairs);
        left = silver.next();
      } else if (left == null || left.key().compareTo(right.key()) > 0) {
        pass(right.key(), Map.of(), right.figures(), pairs);
        right = gold.next();
      } else {
        pass(left.key(), left.figures(), right.figures(), pairs);
        left = silver.next();
        right = gold.next();
      }
    }
  }

  /** Passes a cell on, unless all that is left of it are zeros. */
  private static void pass(
      CellKey key, Map<String, BigDecimal> silver, Map<String, BigDecimal> gold, CellPairs pairs) {
    if (!silver.isEmpty() || !gold.isEmpty()) {
      pairs.take(key, silver, gold);
    }
  }
}
