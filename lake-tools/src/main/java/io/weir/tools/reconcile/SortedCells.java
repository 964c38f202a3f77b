package io.weir.tools.reconcile;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Cells of one grain in the order of their keys. */
interface SortedCells extends AutoCloseable {
  /** The next cell, or null at the end. */
  @Nullable SessionCell next() throws SQLException;

  @Override
  void close() throws SQLException;
}
