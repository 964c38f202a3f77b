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
    while (left != null && right != null) {
      int order = left.key().compareTo(right.key());
      pass(
          order <= 0 ? left.key() : right.key(),
          order <= 0 ? left.figures() : Map.of(),
          order >= 0 ? right.figures() : Map.of(),
          pairs);
      left = order <= 0 ? silver.next() : left;
      right = order >= 0 ? gold.next() : right;
    }
    for (; left != null; left = silver.next()) {
      pass(left.key(), left.figures(), Map.of(), pairs);
    }
    for (; right != null; right = gold.next()) {
      pass(right.key(), Map.of(), right.figures(), pairs);
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
