package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Cells of one grain in the order of their keys. */
interface SortedCells extends AutoCloseable {
  /** The next cell, or null at the end. */
  @Nullable SessionCell next() throws SQLException;

  /** Cells that are in memory. */
  static SortedCells of(SortedMap<CellKey, Map<String, BigDecimal>> cells) {
    return new InMemory(cells.entrySet().iterator());
  }

  /** Cells of a map. */
  record InMemory(Iterator<Map.Entry<CellKey, Map<String, BigDecimal>>> cells)
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
      // Nothing is open.
    }
  }

  @Override
  void close() throws SQLException;
}
